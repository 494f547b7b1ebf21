"""Why an exercise failed.

The package takes a failed exercise. It returns the known mistake that has the same answers, an instructive
counterexample and a plot. It changes no verdict.
"""
