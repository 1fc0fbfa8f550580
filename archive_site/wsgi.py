"""The site as a WSGI application, for gunicorn: ``archive_site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive_site.settings")
# Commands may take their time; a visitor's request may not hold the database (PostgreSQL only).
os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "30s")

application = get_wsgi_application()
