"""The errors that are ours to raise; a student's faults are data, never exceptions.

GraderError            exit code 2, one sentence
├── UsageError         a wrong argument or path
├── AuthorError        an authored exercise that cannot be used
├── GradebookError     a database that cannot be used
├── ExecutorError      a grading process that cannot be had
├── SandboxError       a worker that cannot be had
└── ProtocolError      a peer that breaks the wire format
"""


class GraderError(Exception):
    """A fault of the grader or of how it was called; its text is one sentence for its user."""


class UsageError(GraderError):
    """Something the user named does not exist or does not fit."""


class AuthorError(GraderError):
    """An exercise under `reference/` is incomplete or contradicts itself."""


class GradebookError(GraderError):
    """The gradebook cannot be opened, read or written."""


class ExecutorError(GraderError):
    """The processes that grade could not be started, or not with the suite that was asked for."""


class SandboxError(GraderError):
    """The worker process could not be started, or not at the level that was asked for."""


class ProtocolError(GraderError):
    """Bytes from the worker are not a message that was asked for."""
