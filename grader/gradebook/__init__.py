"""The gradebook: every attempt with its results, and what counts of them; one process writes it."""

from grader.gradebook.book import Gradebook
from grader.gradebook.entries import Change
from grader.gradebook.records import Record, records, students

__all__ = ["Change", "Gradebook", "Record", "records", "students"]
