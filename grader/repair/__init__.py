"""The smallest change of a student's own code that the checks accept.

The package takes a failed exercise and the function that was handed in. It changes the code in one place, or
in two, asks the sandbox for the answers and lets the exercise's own checks decide. It returns a proven
repair, or none, and changes no verdict.
"""
