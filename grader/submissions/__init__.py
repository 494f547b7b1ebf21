"""What was handed in: listed whole, read one student at a time, never unpacked into files, never run."""

from grader.submissions.intake import Intake, collect, read
from grader.submissions.roster import Roll, call_roll, read_roster
from grader.submissions.submission import Submission, SubmissionInfo

__all__ = ["Intake", "Roll", "Submission", "SubmissionInfo", "call_roll", "collect", "read", "read_roster"]
