"""Parent side of the worker: levels, limits, sessions; what comes back is data."""

from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox, for_own_code
from grader.sandbox.session import Session
from grader.sandbox.sleep_budget import SleepBudget

__all__ = ["Limits", "Sandbox", "Session", "SleepBudget", "for_own_code"]
