"""Reuse between frames and between figures, so that films and batches are quick."""
