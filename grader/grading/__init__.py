"""Grade submissions.

The package takes submissions and tasks. It runs all checks in one warm pytest session and returns one result
for each submission. It also computes the fingerprints by which stale results are found.
"""
