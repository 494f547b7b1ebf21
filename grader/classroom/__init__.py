"""Grade a class, and the instructor's actions on it.

The package takes a folder of submissions and a course. It writes a gradebook, pages and tables; fresh results
of earlier runs are kept. The actions are manual points, extensions and reports.
"""
