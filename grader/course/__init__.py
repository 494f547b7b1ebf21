"""The exercises of a course.

The package reads authored files, or the index and recorded answers of a bundle. It returns tasks: cases,
expected answers, tolerances and checks. It also reads deadlines and weights from course.toml.
"""
