"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from inspectorate.config.patience import end_long_waits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
application = get_wsgi_application()
end_long_waits()
