"""The gradebook.

The package takes submissions and their results and keeps every attempt in an SQL database. It returns one
record for each student with the points that count. Only one process writes to it.
"""

from grader.gradebook.book import Event, Gradebook, address
from grader.gradebook.people import Person
from grader.gradebook.records import Moved, Record, lessons, records, students
from grader.gradebook.write import Change

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
