"""The settings of the site in an environment of the tests' own.

Whatever the caller's environment holds, only ``DATABASE_URL`` is heard. Files go to a directory
that is removed at the end; the SQLite database is a file, as in life, so that its locks and its
journal are real.
"""

import atexit
import os
import tempfile

_var = tempfile.TemporaryDirectory(prefix="opis-tests-")
atexit.register(_var.cleanup)

for _name in [name for name in os.environ if name.startswith(("DJANGO_", "OPIS_"))]:
    if _name != "DJANGO_SETTINGS_MODULE":
        del os.environ[_name]
os.environ.update(
    DJANGO_DEBUG="on", DJANGO_HTTPS="off", DJANGO_EMAIL_URL="memorymail://", OPIS_VAR=_var.name
)

from archive_site.settings import *  # noqa: E402, F403 # the environment has to be there first
from archive_site.settings import DATABASES, VAR  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}

# Argon2 is slow on purpose; the tests sign in thousands of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
