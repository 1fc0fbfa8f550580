"""Addresses of the whole site: the administration and the catalogue."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("catalogue.urls")),
]
