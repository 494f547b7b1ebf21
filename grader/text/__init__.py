"""Text for people.

The package takes numbers, arrays, times and statuses and returns short texts. It also makes foreign text safe
for terminals and spreadsheets.
"""
