"""What every test shares. Django is imported only where its plugin is on: the methodology is tested without it."""

import os
from pathlib import Path

import pytest


def pytest_addoption(parser, pluginmanager):
    """Where Django's plugin is off (-p no:django) its line in pyproject.toml still has to be known."""
    if not pluginmanager.hasplugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "the settings, read by Django's plugin alone")


def pytest_configure(config):
    config.addinivalue_line("markers", "database(kind): is about 'sqlite' or 'postgresql' alone, and runs on that one")
    if config.pluginmanager.hasplugin("django"):
        from django.conf import settings  # noqa: PLC0415 - as above

        # Tables straight from the models are made in a fifth of the time; the step "migrations" runs the migrations on
        # both databases, and says when they would make other tables.
        config.option.nomigrations = True

        Path(settings.STATIC_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
        # Passwords of invented people, hashed in no time; tests/stages/people/test_passwords.py tries the real ones.
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        # Tests send and take in a second what people do in a week; tests/stages/config/test_pace.py tries the limits.
        settings.UPLOADS_AN_HOUR = settings.DOWNLOADS_AN_HOUR = 1_000_000
        settings.RUSH_SECONDS = 0  # what a test changes it sees at once; tests/faults/test_f75_rush.py tries it
        _give_second_factors()
        _empty_only_what_was_filled()


def _empty_only_what_was_filled():
    """After a test that commits, delete the rows that it left, and nothing else.

    Django would empty each of more than a hundred tables, and then write down anew which models and permissions there
    are: a second after each test, with nothing gained. Those two tables are left as they are.
    """
    from django.db import connection, transaction  # noqa: PLC0415 - as above
    from django.test import TransactionTestCase  # noqa: PLC0415 - as above

    def emptied(_case):
        quoted = connection.ops.quote_name
        tables = set(connection.introspection.django_table_names(only_existing=True)) - {
            "django_content_type",
            "auth_permission",
        }
        has_rows = "SELECT '{}' WHERE EXISTS (SELECT 1 FROM {})"
        asked = " UNION ALL ".join(has_rows.format(name, quoted(name)) for name in tables)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(asked)
            for (name,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608 - a table of ours

    TransactionTestCase._fixture_teardown = emptied


def _give_second_factors():
    """Whoever a test signs in by force has a second factor, as everybody who sees cases must.

    That they must is tried by signing in at the page: tests/stages/people/test_second_factors.py.
    """
    from django.test import Client  # noqa: PLC0415 - as above

    plain = Client.force_login

    def force_login(client, user, backend=None):
        from inspectorate.people.factors import APP, Authenticator  # noqa: PLC0415 - applications are ready only now

        if not user.demonstration:
            Authenticator.objects.get_or_create(user=user, type=APP, defaults={"data": {"secret": ""}})
        plain(client, user, backend)

    Client.force_login = force_login


def pytest_collection_modifyitems(config, items):
    """A test of one kind of database is chosen with that database; one for the night, say, when it is named."""
    kind = "postgresql" if os.environ.get("INSPECTORATE_DATABASE_URL", "").startswith("postgres") else "sqlite"
    others = [item for item in items if (mark := item.get_closest_marker("database")) and mark.args != (kind,)]
    if kind == "postgresql":
        others += [item for item in items if _asks_no_database(item)]
    for mark in ("nightly", "release", "pictures"):
        if mark not in config.option.markexpr.split():
            others += [item for item in items if item.get_closest_marker(mark)]
    if others:
        config.hook.pytest_deselected(items=list(dict.fromkeys(others)))
        left_out = set(others)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.get_closest_marker("begins_first") is None)


def _asks_no_database(item):
    """A test of a stage that opens no database says the same with either: it runs beside SQLite alone."""
    opens = {"db", "transactional_db", "_django_db_helper"} & set(item.fixturenames)
    named = item.get_closest_marker("django_db") or item.get_closest_marker("database")
    return "stages" in item.path.parts and not opens and not named


def _not_skipped(report):
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"A test is never skipped here; this one said: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _not_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _not_skipped((yield))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):  # noqa: ARG001 - it names the databases of parallel workers
    """SQLite is tested as a file, as it is run: in memory its locks and its journal are others."""
    from django.db import connection  # noqa: PLC0415 - only for tests with a database

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.getbasetemp() / "test.sqlite3")


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):  # noqa: ARG001 - the tables come first
    """Open a transaction around the tests of a module: what is made in it once, every test of the module finds.

    Each test still has a savepoint of its own, so that none sees what another changed. What takes long to make is made
    so, and read anew from the database for each test. Not for a module with tests that commit.
    """
    from django.db import transaction  # noqa: PLC0415 - only for tests with a database

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
