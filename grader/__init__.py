"""Grade NumPy exercises fairly, and explain every failure."""
