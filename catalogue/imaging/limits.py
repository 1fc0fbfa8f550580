"""How much an image may be, and how much it may cost to look at it."""

PIXELS = 60_000_000
MEMORY = 640 * 1024 * 1024
"""Bytes of address space of the process that decodes one image."""
SECONDS = 20
"""Of computing for one image; twice as long by the clock."""
