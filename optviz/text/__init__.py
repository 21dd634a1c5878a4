"""Text read and written: tokens, the language of names with settings, numbers for people."""
