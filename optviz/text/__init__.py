"""Text read and written: tokens, names with settings, numbers for people."""
