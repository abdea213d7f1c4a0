"""Every setting of the product, in one module.

A setting that an operator may change is read from the environment, with its type, default and meaning beside it;
``docs/reference/settings.md`` is made from this file.
"""

from pathlib import Path

from environs import Env

env = Env(prefix="INSPECTORATE_")

ROOT = Path(__file__).resolve().parents[3]
VAR = env.path("VAR", ROOT / "var")
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or "set-by-doctor"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])

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
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "inspectorate.config.urls"
WSGI_APPLICATION = "inspectorate.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'inspectorate.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}

AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
