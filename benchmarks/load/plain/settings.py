"""The settings of the reference; its database is opened as safely as the product's own."""

import os
import sqlite3

import environs

from inspectorate.config import safe_sqlite

DATABASE = environs.Env().dj_db_url("PLAIN_DATABASE_URL")
DATABASE |= {"CONN_MAX_AGE": 60}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = safe_sqlite.options(sqlite3.sqlite_version_info, 20)
else:
    DATABASE |= {"CONN_HEALTH_CHECKS": True}
DATABASES = {"default": DATABASE}
SECRET_KEY = os.environ["PLAIN_SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "benchmarks.load.plain",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.load.plain.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
# Tables straight from the models, as for the product here.
MIGRATION_MODULES = dict.fromkeys(("auth", "contenttypes", "sessions", "plain"), None)
