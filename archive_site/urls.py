"""Addresses of the whole site: the administration and the catalogue."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.urls import include, path

# What every page of the administration shows around its own content.
FRAME = {
    "extra_context": {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
}

password_reset = [
    path("", views.PasswordResetView.as_view(**FRAME), name="admin_password_reset"),
    path("done/", views.PasswordResetDoneView.as_view(**FRAME), name="password_reset_done"),
    path(
        "<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(**FRAME),
        name="password_reset_confirm",
    ),
    path(
        "complete/",
        views.PasswordResetCompleteView.as_view(**FRAME),
        name="password_reset_complete",
    ),
]

urlpatterns = [
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("catalogue.urls")),
]
if settings.EMAIL_URL:
    urlpatterns.insert(0, path(f"{settings.ADMIN_PATH}password-reset/", include(password_reset)))
