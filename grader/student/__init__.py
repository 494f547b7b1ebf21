"""What a learner does at home.

A file or a notebook's cell and recorded answers go in; verdicts, hints and progress come out. It never
needs a reference, a gradebook or the templates of a class.
"""
