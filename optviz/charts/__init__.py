"""Charts: scenes of what is known without a run, one file a chart."""
