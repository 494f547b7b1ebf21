"""The gradebook: every attempt with its results, and what counts of them; one process writes it."""

from grader.gradebook.book import Event, Gradebook, address
from grader.gradebook.records import Moved, Record, lessons, records, students
from grader.gradebook.write import Change

__all__ = ["Change", "Event", "Gradebook", "Moved", "Record", "address", "lessons", "records", "students"]
