"""Export the gradebook to other tools.

The package takes records of the gradebook and writes them in another tool's format, one module for each. It
returns a sentence for each student who is left out.
"""
