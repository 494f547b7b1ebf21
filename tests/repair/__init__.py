"""Repairs: their tests, and tables of what the search finds for wrong code whose cause is known."""
