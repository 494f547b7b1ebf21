"""The trusted side of the worker.

The package takes a submission's files and the cases to call. It starts workers behind the walls of a level,
within limits. It returns answers as plain data.
"""

from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox, for_own_code
from grader.sandbox.session import Session
from grader.sandbox.sleep_budget import SleepBudget

__all__ = ["Limits", "Sandbox", "Session", "SleepBudget", "for_own_code"]
