"""Optimizers run on objectives: the step, the trajectory it leaves, and how it ended."""
