"""Settings of the site: one module, and the environment decides.

Every variable read here is listed in ``docs/deploy.md``. Without ``DJANGO_DEBUG`` nothing that
matters for safety has a default: the process refuses to start until a secret key and the allowed
hosts are given.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def required(name: str, purpose: str, when_debugging: str) -> str:
    """Return the variable, or say plainly what has to be set and why."""
    value = str(env.str(name, default=when_debugging if DEBUG else "")).strip()
    if not value:
        raise ImproperlyConfigured(
            f"Set the environment variable {name}: {purpose} "
            "(docs/deploy.md shows a whole environment; `make serve` needs none)."
        )
    return value


DEBUG = env.bool("DJANGO_DEBUG", default=False)
HTTPS = env.bool("DJANGO_HTTPS", default=True)
SECRET_KEY = required(
    "DJANGO_SECRET_KEY",
    "a long random text, kept secret, that signs sessions",
    when_debugging="debugging-only-and-known-to-everybody",
)
ALLOWED_HOSTS = [
    host.strip()
    for host in required(
        "DJANGO_ALLOWED_HOSTS",
        "the host names of this site, separated by commas",
        when_debugging="127.0.0.1,localhost,[::1]",
    ).split(",")
    if host.strip()
]

# Everything that the site writes: the embedded database, images, collected static files, caches.
VAR = Path(env.str("OPIS_VAR", default=str(BASE_DIR / "var"))).resolve()
STATIC_ROOT = VAR / "static"
for directory in (VAR, STATIC_ROOT):
    directory.mkdir(mode=0o750, parents=True, exist_ok=True)

# --- The application ---

INSTALLED_APPS = [
    "catalogue",
    "simple_history",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "archive_site.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "catalogue.views.security.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "catalogue.views.language.language_of_address_or_reader",
    "catalogue.views.security.refuse_hostile_text",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "catalogue.views.security.limit_sessions",
    "catalogue.admin.entry.kept.keep_posted_text",
    # A new view is private until somebody writes @login_not_required above it.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    # Last: answers 429 where signing in is locked.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive_site.urls"
WSGI_APPLICATION = "archive_site.wsgi.application"
ADMIN_PATH = env.str("DJANGO_ADMIN_PATH", default="admin/").strip("/") + "/"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- The database ---


def database_of_url(url: str) -> dict[str, Any]:
    """The settings of a database, from an address such as postgres://... or sqlite:////path."""
    database: dict[str, Any] = env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue instead of failing, and what was acknowledged survives a power cut.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 45,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON"
            ),
        }
    else:
        database["HOST"] = unquote(database["HOST"])  # a socket's directory is %2Frun%2F...
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
        # archive_site/wsgi.py sets a limit: a request has to end, a migration may take its time.
        database["OPTIONS"] = {
            **database.get("OPTIONS", {}),
            "options": f"-c statement_timeout={env.str('DATABASE_STATEMENT_TIMEOUT', default='0')}",
        }
    return database


DATABASE_OF_URL = database_of_url  # for manage.py move_database
DATABASE = database_of_url(
    env.str("DATABASE_URL", default="") or f"sqlite:///{VAR / 'opis.sqlite3'}"
)
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "catalogue" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files ---

# Absolute, so that a language before an address never moves it.
STATIC_URL = "/static/"
# Images are shown by a view, after it has asked whether they are public: there is no MEDIA_URL.
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "catalogue.models.image_files.DurableStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Accounts and sessions ---

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # asks first whether signing in is locked
    "django.contrib.auth.backends.ModelBackend",
]
# Five failures lock a name, and a name from one place, for a time that doubles: see lockout.py.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_COOLOFF_TIME = "catalogue.views.lockout.duration"
AXES_CLIENT_IP_CALLABLE = "catalogue.views.lockout.address"
AXES_LOCKOUT_CALLABLE = "catalogue.views.lockout.locked_out"
AXES_USE_ATTEMPT_EXPIRATION = True  # each lock keeps the end that was computed for it
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PROXY_COUNT = env.int("DJANGO_PROXY_COUNT", default=0)
OTP_TOTP_ISSUER = "Opis"
# Without an address to send from, nobody is told that a password can be reset by e-mail.
EMAIL_URL = env.str("DJANGO_EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
    DEFAULT_FROM_EMAIL = required(
        "DJANGO_EMAIL_FROM", "the address that e-mails come from", "opis@localhost"
    )
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Length, not composition, makes a password strong (ASVS 6.2.1, 6.2.5).
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds after signing in, however busy the session is
SESSION_IDLE_SECONDS = env.int("DJANGO_SESSION_IDLE_SECONDS", default=45 * 60)
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "catalogue.admin.entry.kept.refuse_forged"

# --- Transport ---

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("DJANGO_BEHIND_PROXY", default=False):
    # Only where a proxy sets or strips the header: otherwise any visitor could claim HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Preloading binds a whole domain for years: its owner decides, in the reverse proxy.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Logging: to standard error, for whoever runs the process to keep ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
