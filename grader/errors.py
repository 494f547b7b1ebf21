"""The errors that are ours to raise; a student's faults are data, never exceptions.

GraderError            exit code 2, one sentence
├── UsageError         a wrong argument or path
├── AuthorError        an authored exercise that cannot be used
├── SandboxError       a worker that cannot be had
└── ProtocolError      a peer that breaks the wire format
"""


class GraderError(Exception):
    """A fault of the grader or of how it was called; its text is one sentence for its user."""


class UsageError(GraderError):
    """Something the user named does not exist or does not fit."""


class AuthorError(GraderError):
    """An exercise under `reference/` is incomplete or contradicts itself."""


class SandboxError(GraderError):
    """The worker process could not be started, or not at the level that was asked for."""


class ProtocolError(GraderError):
    """Bytes from the worker are not a message that was asked for."""
