"""The desk of a record: all that is said of it, with the evidence, on one page to work at."""
