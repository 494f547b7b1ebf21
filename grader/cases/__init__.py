"""The cases with which a function is called.

The package takes an author's declared inputs and returns cases. It also knows the parameters of a function,
the parts of nested values, tolerances, and values as JSON.
"""
