"""Where the work is done: warm processes here, or a cluster's; what comes back is data."""

from grader.executors.jobs import Done, Executor, Job, Setup
from grader.executors.local import Local

__all__ = ["Done", "Executor", "Job", "Local", "Setup"]
