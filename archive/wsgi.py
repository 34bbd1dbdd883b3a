"""The entry of the server: `gunicorn archive.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["PGAPPNAME"] = "archive web"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = get_wsgi_application()
