"""Where Chromium is, and how the tests start it."""

import os
import shutil

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",  # there is none, and to imitate one takes time
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Return the program: ``$CHROMIUM``, or the distribution's own.

    The headless shell draws no window that nobody looks at, which spares a third of the work.
    """
    names = [os.environ.get("CHROMIUM", ""), "chromium-headless-shell"]
    names += ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)
