"""Reuse between frames of a film and between figures of a batch.

Without it everything is drawn anew, to the same pixels: `REUSE` is the switch.
"""

REUSE = True
