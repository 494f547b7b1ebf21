"""Ask git for the time of a clone's last commit."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from grader.submissions.file_names import printable
from grader.submissions.listing import RefusedError

_WAIT_S: Final = 10
# The settings in a student's clone must not make git run a program or fetch anything.
_GUARDED: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def last_commit(clone: Path) -> str:
    """Return the committer's time of the checked-out commit, as ISO 8601 with its time zone.

    The author's time would not change when a commit is amended or rebased. Raises `RefusedError` if git does
    not know the time.
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
