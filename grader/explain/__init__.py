"""Why an exercise failed.

A failed exercise goes in; the known mistake with the same answers, an instructive counterexample and a
picture come out. It changes no verdict.
"""
