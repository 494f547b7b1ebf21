"""What students handed in.

The package takes a folder, an archive or a file. It lists all submissions, then reads one student's files at
a time into memory. It neither unpacks archives to disk nor runs any submitted code.
"""

from grader.submissions.intake import Intake, collect, read
from grader.submissions.roster import Roll, call_roll, read_roster
from grader.submissions.submission import Submission, SubmissionInfo

__all__ = ["Intake", "Roll", "Submission", "SubmissionInfo", "call_roll", "collect", "read", "read_roster"]
