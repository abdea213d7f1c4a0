"""Every setting of the product, in one module.

A setting that an operator may change is read from the environment, with its type, default and meaning beside it;
``docs/reference/settings.md`` is made from this file. The comment above such a setting is what that page says.
"""

import secrets
import sqlite3
from pathlib import Path

from environs import Env

from inspectorate.config import journal, safe_sqlite, secret

env = Env(prefix="INSPECTORATE_")

# A checkout keeps what it writes beside itself; an installed package keeps it with the account that runs it.
CHECKOUT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
HOME = CHECKOUT / "var" if (CHECKOUT / "pyproject.toml").exists() else Path.home() / ".local/share/inspectorate"

# The folder of everything that this installation writes: the SQLite database, the secret key, the collected static
# files. Default: `var` in a checkout, `~/.local/share/inspectorate` for an installed package.
VAR = env.path("VAR", HOME)

# What signs sessions and tokens; at least 50 characters that nobody can guess. Default: what stands in the file
# `secret-key` in the folder INSPECTORATE_VAR, which the first start makes, readable by its owner alone.
SECRET_KEY = env.str("SECRET_KEY", "") or secret.read_or_make(VAR / "secret-key")

# The database, as an address: `postgresql://user:password@host:5432/name`, or `sqlite:////folder/file.sqlite3`.
# Default: the file `inspectorate.sqlite3` in the folder INSPECTORATE_VAR.
DATABASE_URL = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'inspectorate.sqlite3'}")

# Seconds that a connection to the database is kept for the next request.
DATABASE_KEEP_SECONDS = env.int("DATABASE_KEEP_SECONDS", 60)

# What signs the heads of the record that leave this installation: 64 hexadecimal digits that nobody can guess. Its
# public half stands on the page `/record/`. Default: what stands in the file `record-signing-key` in the folder
# INSPECTORATE_VAR, which the first start makes, readable by its owner alone.
RECORD_SIGNING_KEY = env.str("RECORD_SIGNING_KEY", "") or secret.read_or_make(
    VAR / "record-signing-key", made=lambda: secrets.token_hex(32)
)

# The folder into which the heads of the record go every day: one outside this machine, where its administrators cannot
# change what stands there. Default: the folder `heads` in the folder INSPECTORATE_VAR, which proves little.
HEADS_FOLDER = env.path("HEADS_FOLDER", VAR / "heads")

# The addresses to which the heads of the record go by e-mail every day, separated by commas; best a list that keeps
# an archive.
HEADS_EMAIL = env.list("HEADS_EMAIL", [])

# The file or device to which a line is added for each head of the record, such as a printer's `/dev/usb/lp0`.
HEADS_LINE = env.str("HEADS_LINE", "")

# Seconds that a request waits for a lock of the database, or for a connection to it, before it is answered with "not
# saved, try again".
DATABASE_WAIT_SECONDS = env.int("DATABASE_WAIT_SECONDS", 20)

# Seconds after which a request gives up a PostgreSQL that says nothing at all; commands wait as long as it takes.
DATABASE_SILENT_SECONDS = env.int("DATABASE_SILENT_SECONDS", 60)

# Megabytes of the disk of INSPECTORATE_VAR that are kept free: below that nothing is taken in any more, but people can
# still sign in and read.
KEEP_FREE_MEGABYTES = env.int("KEEP_FREE_MEGABYTES", 50)

# A manifest of the installed files, made by `inspectorate supply manifest` right after installing and kept where the
# account of the server cannot write: a server whose files differ from it does not start. Default: none is compared.
MANIFEST = env.path("MANIFEST", None)

# Where `inspectorate supply audit` asks for known flaws: an https address that answers as OSV's querybatch does.
# Without one it says "not checked".
ADVISORIES = env.str("ADVISORIES", "")

# Seconds for which a released result is given again from memory, without the database, to visitors who ask for it;
# so long it may still be seen after it was taken down. 0: never.
RUSH_SECONDS = env.int("RUSH_SECONDS", 10)

# Error pages for developers, which show settings and code to whoever causes an error. Never on where others reach it.
DEBUG = env.bool("DEBUG", False)

# The host names under which this installation answers, separated by commas.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

# On where people reach it through https: cookies are then sent over https alone, and browsers are told to stay there.
HTTPS = env.bool("HTTPS", False)

# Off where names below this host name belong to somebody who has no https: browsers are otherwise told, with https on,
# that those too are reached by https alone.
HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", True)

# On only behind a proxy that itself sets X-Forwarded-Proto on every request: that header is then believed.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)

# On until an inspectorate works here for real: every page then says that the people, the cases and the running
# inspections are invented.
DEMONSTRATION = env.bool("DEMONSTRATION", True)

# Where e-mail goes, such as the link to set a password: `submission://user:password@host:587` for a mail server, or
# `console:` for the terminal. Default: files in the folder `mail` in the folder INSPECTORATE_VAR.
EMAIL_URL = env.dj_email_url("EMAIL_URL", f"file:///{VAR / 'mail'}")

# The address from which e-mail comes.
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "inspectorate@localhost")

# Hours after which whoever signed in has to sign in again; closing the browser ends it sooner.
SESSION_HOURS = env.int("SESSION_HOURS", 12)

# Minutes after which a session that nobody uses ends; what was written and not yet saved is given back to be copied.
IDLE_MINUTES = env.int("IDLE_MINUTES", 60)

# At how many places one person may be signed in at once; signing in at one more ends the oldest session.
SESSIONS_AT_ONCE = env.int("SESSIONS_AT_ONCE", 5)

# The folder into which backups go: best on another disk, from which they are copied elsewhere. Default: `backups` in
# the folder INSPECTORATE_VAR.
BACKUPS = env.path("BACKUPS", VAR / "backups")

# The file with the key of the backups, made by `inspectorate backup key`. With the public key alone in it backups are
# made, and none is read. Default: `backup-key` in the folder INSPECTORATE_VAR.
BACKUP_KEY = env.path("BACKUP_KEY", VAR / "backup-key")

# Days that a backup is kept. What is erased here is gone from the backups as well after so many days.
BACKUP_DAYS = env.int("BACKUP_DAYS", 35)

# The folder in which PostgreSQL has its changes archived by `inspectorate archive keep`, as this machine sees it: bases
# are made into it with the backups, and what is too old is taken away. Default: none.
ARCHIVE = env.path("ARCHIVE", None)

# The retention table of this installation, a file like `config/upkeep/privacy/retention.yaml`. Default: that file,
# which is a proposal.
RETENTION = env.path("RETENTION", None)

# The scanner that is asked about every file that is handed in, one that speaks ClamAV's INSTREAM: `tcp://host:3310` or
# `unix:/run/clamav/clamd.ctl`. Where it is set and does not answer, no file is taken. Empty: none is asked.
SCANNER = env.str("SCANNER", "")

# Seconds that the scanner is given to answer.
SCANNER_SECONDS = env.int("SCANNER_SECONDS", 30)

# How many times in an hour one person may send files, or forms that take some; a visitor, from one place.
UPLOADS_AN_HOUR = env.int("UPLOADS_AN_HOUR", 120)

# How many files one person may take away in an hour.
DOWNLOADS_AN_HOUR = env.int("DOWNLOADS_AN_HOUR", 300)

# The list of breached passwords that `inspectorate passwords load` made. Default: `breached-passwords` in the folder
# INSPECTORATE_VAR.
BREACHED_PASSWORDS = env.path("BREACHED_PASSWORDS", VAR / "breached-passwords")

# Words of the organisation on which no password may rest, such as its name, its town, its systems, separated by commas.
PASSWORD_WORDS = env.list("PASSWORD_WORDS", [])

# Where each line of the security log goes besides the database, as JSON: `stderr` (the journal of the service that runs
# the server), `syslog:/dev/log` or `syslog://host:514`, `file:///folder/file`, or `none`.
SECURITY_LOG = env.str("SECURITY_LOG", "stderr")

# The folder into which what is new in the logs goes every night: one outside this machine, where its administrators
# cannot change what stands there. Default: the folder `logs` in the folder INSPECTORATE_VAR, from which it is fetched.
LOGS_FOLDER = env.path("LOGS_FOLDER", VAR / "logs")

# The addresses that are told by e-mail when a duty fails that had gone well, separated by commas.
ALARM_EMAIL = env.list("ALARM_EMAIL", [])

# The identity provider of the organisation (OpenID Connect), by which people sign in who have an account here: the
# address of its issuer, such as `https://login.example.org`. Empty: passwords and passkeys alone.
OIDC_SERVER = env.str("OIDC_SERVER", "")

# What the button on the sign-in page calls the identity provider.
OIDC_NAME = env.str("OIDC_NAME", "your organisation")

# By what the identity provider knows this installation; it answers to `/sign-in/with/organisation/back/`.
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")

# The secret that goes with it.
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")

# On only for the browser tests: they then write the pictures of the tutorials again, in `docs/tutorials/images`.
SCREENSHOTS = env.bool("SCREENSHOTS", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "inspectorate.record",
    "inspectorate.people",
    "inspectorate.ui",
    "inspectorate.register",
    "inspectorate.standards",
    "inspectorate.programme",
    "inspectorate.inspections",
    "inspectorate.sampling",
    "inspectorate.fieldwork",
    "inspectorate.quality",
    "inspectorate.ratings",
    "inspectorate.reports",
    "inspectorate.publication",
    "inspectorate.followup",
    "inspectorate.config.upkeep",
    "allauth",
    "allauth.account",  # after ``people``, whose templates stand in place of its own
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    # The headers come first: also what a later part refuses or answers by itself carries them.
    "inspectorate.config.headers.SendStrictHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "inspectorate.config.no_nul.TakeOutNul",
    "inspectorate.config.doorkeeper.WriteDownRefusals",
    "inspectorate.config.not_saved.SayNotSaved",
    "inspectorate.config.bounds.RefuseTooLarge",
    "inspectorate.config.rush.AnswerRushFromMemory",
    "inspectorate.ui.static_files.ServeStatic",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "inspectorate.config.not_allowed.SayNotAllowed",
    "django.middleware.csrf.CsrfViewMiddleware",
    "inspectorate.people.sign_in.Recognise",
    "allauth.account.middleware.AccountMiddleware",
    "inspectorate.config.pace.SlowDown",
]
ROOT_URLCONF = "inspectorate.config.urls"
WSGI_APPLICATION = "inspectorate.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "desk" / "templates", PACKAGE / "ui"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "inspectorate.config.desk.navigation.frame",
            ],
        },
    },
]
globals().update(EMAIL_URL)
DATABASES = {"default": DATABASE_URL}
DATABASE_URL |= {"CONN_MAX_AGE": DATABASE_KEEP_SECONDS}
if DATABASE_URL["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE_URL["OPTIONS"] = safe_sqlite.options(sqlite3.sqlite_version_info, DATABASE_WAIT_SECONDS)
else:
    DATABASE_URL |= {"CONN_HEALTH_CHECKS": True}
    # A transaction that its owner forgot gives its locks back by itself.
    waits = f"-c lock_timeout={DATABASE_WAIT_SECONDS}s -c idle_in_transaction_session_timeout=120s"
    # What is prepared asks by keys (see ``record/prepared.py``): to plan it anew for other keys finds the same plan.
    waits += " -c plan_cache_mode=force_generic_plan"
    DATABASE_URL["OPTIONS"] = {
        "connect_timeout": max(2, DATABASE_WAIT_SECONDS),
        "options": waits,
        "prepare_threshold": 10**9,  # not None, which forbids it: what asks to be prepared is, and nothing else
        **DATABASE_URL.get("OPTIONS", {}),
    }

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# The prefix makes a browser refuse the cookie from anywhere but this very host, by https.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (f"{'__Host-' if HTTPS else ''}{name}" for name in ("sessionid", "csrftoken"))
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_FAILURE_VIEW = "inspectorate.config.doorkeeper.forged"
LOGGING = journal.logging_to(SECURITY_LOG)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and HSTS_SUBDOMAINS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/my-work/"
AUTHENTICATION_BACKENDS = ["inspectorate.people.sign_in.Backend"]
SESSION_ENGINE = "inspectorate.people.sessions"
# The first keeps new passwords; the others still let in those kept before, once, and are then replaced by the first.
PASSWORD_HASHERS = [
    "inspectorate.people.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "inspectorate.people.passwords.WordsOfThePlace"},
    {"NAME": "inspectorate.people.passwords.Breached"},
]
# Signing in, see docs/decisions/0014: by e-mail and password, nobody signs up. The address stands with the person.
ACCOUNT_ADAPTER = "inspectorate.people.sign_in.SignInAdapter"
ACCOUNT_FORMS = {
    "login": "inspectorate.people.forms.SignInForm",
    "reauthenticate": "inspectorate.people.forms.AgainForm",
    "change_password": "inspectorate.people.forms.ChangePasswordForm",
    "reset_password": "inspectorate.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "inspectorate.people.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "inspectorate.people.tokens.Links"  # noqa: S105 - a name
# Second factors, see docs/decisions/0024 and 0038. A code lives for its half minute alone: telephones and servers have
# the time from the network, and whoever is too late takes the next one.
# For how long the answer to a forgotten password waits: longer than handing a message to a mail server takes.
RESET_ANSWER_SECONDS = 2.0 if EMAIL_URL["EMAIL_BACKEND"].endswith("smtp.EmailBackend") else 0.0
MFA_ADAPTER = "inspectorate.people.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "inspectorate.people.forms.CodeForm",
    "reauthenticate": "inspectorate.people.forms.CodeAgainForm",
}
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Inspectorate"
MFA_RECOVERY_CODE_DIGITS = 12
MFA_PASSKEY_LOGIN_ENABLED = True
# Signing in by the organisation, see docs/decisions/0025: nobody signs up by it, and no token of it is kept.
SOCIALACCOUNT_ADAPTER = "inspectorate.people.identity.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
# How often in how long; ``key`` is an e-mail address together with where it is asked from (see the adapter), so that a
# stranger who guesses locks out nobody but themselves.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
# The counters of those limits: files, so that every process of the server counts in the same place.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# What is handed in waits here until it was looked at: see ui/uploads/quarantine.py.
QUARANTINE = VAR / "quarantine"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "inspectorate.ui.uploads.quarantine.QuarantineHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "inspectorate.ui.static_files.HashedWhenCollected"},
}
WHITENOISE_USE_FINDERS = True
