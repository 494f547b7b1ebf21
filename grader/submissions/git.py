"""When the last commit of a clone was made, as git tells it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from grader.submissions.file_names import printable
from grader.submissions.listing import RefusedError

_WAIT_S: Final = 10
# What a clone's own settings say must not make git run or fetch anything.
_GUARDED: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def last_commit(clone: Path) -> str:
    """Return the committer's time of what is checked out, ISO 8601 with its time zone.

    The committer's, for the author's stays when a commit is amended or moved. Raises `RefusedError` if git
    does not tell it.
    """
    command = ("git", "--git-dir=.git", "rev-list", "--max-count=1", "--format=%cI", "HEAD", "--")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            command,
            cwd=clone,
            env=ours | _GUARDED,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_WAIT_S,
        )
    except FileNotFoundError as error:
        raise RefusedError("git is not installed") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RefusedError(f"git says: {printable(said)[:200].rstrip('.')}") from error
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"git did not answer within {_WAIT_S} s") from error
    return done.stdout.decode().split()[-1]
