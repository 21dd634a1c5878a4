"""Runs optimizers on objectives: steps, trajectories, and the status they end with."""
