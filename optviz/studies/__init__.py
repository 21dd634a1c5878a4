"""Studies of many walks or of one step: sweeps, fair comparisons, differences, anatomies."""
