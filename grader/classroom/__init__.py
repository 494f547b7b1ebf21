"""What an instructor does with a class.

Folders of submissions and a course go in; a gradebook, pages and tables come out, and what was settled
before is kept. Manual points, extensions and reports are its actions.
"""
