"""Static files are collected whole or not at all, and a page never fails on one that was not collected."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inspectorate.ui import static_files
from inspectorate.ui.static_files import HashedWhenCollected, collect_when_changed


@pytest.fixture
def given(settings, tmp_path):
    """A folder of files to collect, and where they go."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "one.css").write_text("a { color: red }")
    (source / "two.css").write_text("b { color: red }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    return source


def collected(settings):
    """Return the plain names in the list of what was collected, each with a file that is there."""
    root = Path(settings.STATIC_ROOT)
    listed = json.loads((root / "staticfiles.json").read_text())["paths"]
    assert all((root / hashed).exists() for hashed in listed.values())
    return sorted(listed)


def test_files_are_collected_once_and_again_when_one_has_changed(given, settings):
    collect_when_changed()
    assert collected(settings) == ["one.css", "two.css"]
    before = Path(settings.STATIC_ROOT).stat().st_ino
    collect_when_changed()
    assert Path(settings.STATIC_ROOT).stat().st_ino == before
    (given / "three.css").write_text("c { color: red }")
    (given / "one.css").unlink()
    collect_when_changed()
    assert collected(settings) == ["three.css", "two.css"]


def test_one_that_is_killed_half_way_leaves_what_was_there_and_the_next_is_whole(given, settings, monkeypatch):
    collect_when_changed()
    (given / "three.css").write_text("c { color: red }")

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(HashedWhenCollected, "post_process", killed)
        with pytest.raises(KeyboardInterrupt):
            collect_when_changed()
    assert collected(settings) == ["one.css", "two.css"]
    left = Path(f"{settings.STATIC_ROOT}.new")
    assert (left / "three.css").exists()
    (left / "left-over.css").write_text("")
    collect_when_changed()
    assert collected(settings) == ["one.css", "three.css", "two.css"]
    assert not (Path(settings.STATIC_ROOT) / "left-over.css").exists()
    assert not left.exists()


def test_one_that_is_killed_between_two_folders_is_mended_by_the_next(given, settings, monkeypatch):
    collect_when_changed()
    (given / "one.css").write_text("a { color: blue; margin: 0 }")
    rename = Path.rename

    def renamed_but_the_last(path, target):
        if path.name == "static.new":
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", renamed_but_the_last)
        with pytest.raises(KeyboardInterrupt):
            collect_when_changed()
    assert not Path(settings.STATIC_ROOT).exists()
    collect_when_changed()
    assert collected(settings) == ["one.css", "two.css"]


@pytest.mark.usefixtures("given")
def test_of_two_at_once_one_collects_and_the_other_waits(settings, monkeypatch):
    times, plain = [], static_files._collect

    def counted(root):
        times.append(root)
        plain(root)

    monkeypatch.setattr(static_files, "_collect", counted)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: collect_when_changed(), range(2)))
    assert (len(times), collected(settings)) == (1, ["one.css", "two.css"])


def test_a_file_that_was_not_collected_is_served_by_its_own_name(given, settings):
    collect_when_changed()
    (given / "three.css").write_text("c { color: red }")  # as after an upgrade
    storage = HashedWhenCollected(location=str(settings.STATIC_ROOT))
    assert storage.url("three.css") == "/static/three.css"
    assert storage.url("one.css").startswith("/static/one.")
    assert storage.url("one.css") != "/static/one.css"
