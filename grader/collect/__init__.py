"""What was handed in, read into memory: nothing is unpacked to disk, nothing is run."""

from grader.collect.intake import Intake, collect, read
from grader.collect.roster import Roll, call_roll, read_roster
from grader.collect.submission import Submission

__all__ = ["Intake", "Roll", "Submission", "call_roll", "collect", "read", "read_roster"]
