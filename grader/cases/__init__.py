"""What a function is called with.

An author's declared inputs go in; cases come out, and values as JSON. The signature of a function and the
parts of nested values belong here.
"""
