"""HTML: results and summaries of a class go in, pages come out, everything escaped.

`report.plot` draws the pictures.
"""
