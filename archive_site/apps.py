"""The administration of the site."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration, with the catalogue's own site."""

    default_site = "archive_site.administration.Site"
