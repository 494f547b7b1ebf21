"""The student's side of the pipe.

A worker takes a student's files and the cases to call. It sends back what each call returned, raised and
printed. It has no expected answers.
"""
