"""The time of a clone's last commit, from real repositories; what a repository says makes git run nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.handed import submissions

from grader.submissions import git
from grader.submissions.listing import RefusedError

TIMES = {"GIT_AUTHOR_DATE": "2026-02-01T10:00:00+0100", "GIT_COMMITTER_DATE": "2026-03-01T23:30:00+0100"}
WHO = {f"GIT_{who}_{what}": "s@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
UNKNOWN = "The time of its last commit is not known: git says:"


def run(folder: Path, *arguments: str) -> str:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ours | TIMES | WHO, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def cloned(root: Path, login: str) -> Path:
    folder = root / f"hw1-{login}"
    folder.mkdir(parents=True)
    run(folder, "init", "-q")
    (folder / "relu.py").write_text("def relu(z):\n    return z\n")
    run(folder, "add", "relu.py")
    run(folder, "commit", "-qm", "one")
    return folder


def test_a_clone_was_handed_in_when_its_last_commit_was_made(tmp_path: Path) -> None:
    root = tmp_path / "hw1-submissions"
    cloned(root, "student-01")
    run(cloned(root, "student-02"), "update-ref", "-d", "HEAD")
    cloned(root, "student-03").joinpath(".git").rename(tmp_path / "elsewhere")
    cloned(root, "student-04").rename(root / "student-04")
    found = [(one.student, one.submitted, one.notes) for one in submissions(root)]
    assert found == [
        ("student-01", "2026-03-01T23:30:00+01:00", ()),
        ("student-02", "", (f"{UNKNOWN} fatal: bad revision 'HEAD'.",)),
        ("student-03", "", ()),
        ("student-04", "", ()),
    ]


def test_the_environment_of_the_grader_leads_git_to_no_other_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = cloned(tmp_path, "student-01")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    assert git.last_commit(mine) == "2026-03-01T23:30:00+01:00"


def test_a_repository_that_wants_a_command_run_is_not_obeyed(tmp_path: Path) -> None:
    mine, mark = cloned(tmp_path, "student-01"), tmp_path / "was-here"
    command = f"touch {mark};"
    for name, value in {
        "core.pager": command,
        "core.fsmonitor": command,
        "core.sshCommand": command,
        "gpg.program": command,
        "log.showSignature": "true",
        "remote.origin.url": f"ext::sh -c touch% {mark}",
        "remote.origin.uploadpack": command,
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }.items():
        run(mine, "config", name, value)
    assert git.last_commit(mine) == "2026-03-01T23:30:00+01:00"
    head = run(mine, "rev-parse", "HEAD")
    # A commit that is not there is what such a repository would fetch.
    (mine / ".git/objects" / head[:2] / head[2:]).unlink()
    with pytest.raises(RefusedError, match=r"^git says: fatal: "):
        git.last_commit(mine)
    assert not mark.exists()


def test_without_git_no_time_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = cloned(tmp_path, "student-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedError, match=r"^git is not installed$"):
        git.last_commit(mine)


def test_a_git_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = cloned(tmp_path, "student-01")
    (tmp_path / "git").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(git, "_WAIT_S", 0.1)
    with pytest.raises(RefusedError, match=r"^git did not answer within 0\.1 s$"):
        git.last_commit(mine)
