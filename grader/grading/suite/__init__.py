"""The only test that pytest runs."""
