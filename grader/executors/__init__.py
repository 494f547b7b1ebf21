"""Run jobs in warm processes on this machine or on a cluster.

The package takes jobs as bytes and the name of the function that does them. It returns one answer for each
job as bytes, and gives up a job that ends two processes.
"""

from grader.executors.jobs import Done, Executor, Job, Setup
from grader.executors.local import Local

__all__ = ["Done", "Executor", "Job", "Local", "Setup"]
