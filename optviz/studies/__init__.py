"""What is made of many walks, or of one step: sweeps, fair comparisons, differences."""
