"""What is done to many records at once: previewed, applied as one act, and taken back as one."""
