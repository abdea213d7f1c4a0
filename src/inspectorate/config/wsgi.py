"""The WSGI application that the server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from inspectorate.config.patience import end_long_waits
from inspectorate.config.supply.installed import refuse_altered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
application = get_wsgi_application()
refuse_altered(settings.MANIFEST)  # a server whose files were altered does not start
end_long_waits()
