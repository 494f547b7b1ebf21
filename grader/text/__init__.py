"""Values as people read them.

Numbers, arrays, times and statuses go in; short words come out. Text from elsewhere is made visible here,
and safe for terminals and spreadsheets.
"""
