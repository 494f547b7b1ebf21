"""Check exercises on a learner's machine.

The package takes a file or a notebook's cell and recorded answers. It returns verdicts, hints and progress.
It needs no reference, no gradebook and no templates of a class.
"""
