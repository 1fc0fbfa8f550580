"""What is typed, read at once: dates, folios, references, names; and what is typed is kept."""
