"""HTML pages.

The package takes results and summaries of a class and returns pages in which all text is escaped.
`report.plot` draws the plots.
"""
