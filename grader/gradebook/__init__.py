"""The gradebook.

The package takes submissions and their results and keeps every attempt in an SQL database. It returns one
record for each student with the points that count. Only one process writes to it.
"""

from grader.errors import UsageError

try:
    from grader.gradebook.book import Event, Gradebook
    from grader.gradebook.people import Person
    from grader.gradebook.records import Moved, Record, lessons, records, students
    from grader.gradebook.settings import address
    from grader.gradebook.write import Change
except ModuleNotFoundError as error:  # students' commands do without the extra
    if error.name != "sqlalchemy":
        raise
    raise UsageError("The gradebook needs SQLAlchemy: pip install 'grader-kit[grade]'.") from error

__all__ = [
    "Change",
    "Event",
    "Gradebook",
    "Moved",
    "Person",
    "Record",
    "address",
    "lessons",
    "records",
    "students",
]
