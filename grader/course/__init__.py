"""What there is to solve.

Authored files, or the index and recorded answers of a bundle, go in; tasks come out: cases, expected answers,
tolerances and checks, bound to each other. Deadlines and weights are read here.
"""
