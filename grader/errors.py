"""The errors that the grader raises. A student's faults are data, never exceptions.

GraderError            exit code 2, one sentence
├── UsageError         a wrong argument or path
├── AuthorError        an authored exercise that cannot be used
├── GradebookError     a database that cannot be used
├── ExecutorError      a grading process that cannot be started
├── SandboxError       a worker that cannot be started
└── ProtocolError      a peer that breaks the wire format
"""


class GraderError(Exception):
    """A fault of the grader or of its use; the text is one sentence for the user."""


class UsageError(GraderError):
    """Something that the user named does not exist or does not fit."""


class AuthorError(GraderError):
    """An exercise under `reference/` is incomplete or contradicts itself."""


class GradebookError(GraderError):
    """The gradebook cannot be opened, read or written."""


class ExecutorError(GraderError):
    """The grading processes cannot be started, or they have other exercises than the run."""


class SandboxError(GraderError):
    """The worker cannot be started, or not at the requested level."""


class ProtocolError(GraderError):
    """Bytes from the worker are not the expected message."""
