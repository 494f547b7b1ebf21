"""The one test that pytest runs."""
