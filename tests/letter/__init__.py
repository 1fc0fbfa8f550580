"""A package, so that the record is loaded once for all of it."""
