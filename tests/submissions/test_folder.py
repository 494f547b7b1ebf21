"""A folder's files: links, pipes and what changed since are never opened; very many and very deep are cut."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from support.handed import CODE, plain, put, submissions

from grader.submissions import folder, read
from grader.submissions.listing import RefusedError


def test_links_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside", "secret.py") / "secret.py"
    root = put(tmp_path / "class", "student-01/relu.py")
    (root / "student-01/link.py").symlink_to(secret)
    (root / "student-01/folder").symlink_to(secret.parent)
    (root / "student-02").symlink_to(secret.parent)
    (root / "student-03.py").symlink_to(secret)
    os.mkfifo(root / "student-01/pipe.py")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(root / "student-01/socket.py"))
        found = submissions(root)
    not_regular = "was left out: it is not a regular file."
    assert found == (
        plain(
            "student-01",
            {"relu.py": CODE},
            "folder was left out: it is a link.",
            "link.py was left out: it is a link.",
            f"pipe.py {not_regular}",
            f"socket.py {not_regular}",
            unreadable={
                "link.py": "link.py was left out: it is a link.",
                "pipe.py": f"pipe.py {not_regular}",
                "socket.py": f"socket.py {not_regular}",
            },
        ),
        plain(
            "student-02",
            {},
            "student-02 was left out: it is a link.",
            "No Python file and no notebook was handed in.",
        ),
        plain(
            "student-03",
            {},
            "student-03.py was left out: it is a link.",
            unreadable={"student-03.py": "student-03.py was left out: it is a link."},
        ),
    )


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    (tmp_path / "student-01").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "student-01") + b"/caf\xe9\n.py")).write_bytes(CODE)
    assert submissions(tmp_path) == (plain("student-01", {r"caf\udce9\n.py": CODE}),)


def test_a_tree_too_deep_to_walk_is_cut(tmp_path: Path) -> None:
    put(tmp_path, "relu.py", "/".join(["d"] * 60) + "/deep.py")
    found = read(tmp_path, student="me")
    assert found == plain("me", {"relu.py": CODE}, f"{'/'.join(['d'] * 41)} was left out: it lies too deep.")


def test_a_folder_of_too_many_files_is_looked_at_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MEMBERS", 2)
    put(tmp_path, "a.py", "b.py", "c.py", "d.py")
    expected = plain(
        "me", {"a.py": CODE, "b.py": CODE}, "… was left out: only the first 2 files were looked at."
    )
    assert read(tmp_path, student="me") == expected


def test_what_turned_into_another_thing_since_it_was_listed_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    reasons = []
    for name in ("pipe.py", "link.py", "gone.py", "null\0.py"):
        with pytest.raises(RefusedError) as caught:
            folder.content(tmp_path / name, 10)
        reasons.append(str(caught.value))
    assert reasons == [
        "it is not a regular file",
        "it cannot be opened (Too many levels of symbolic links)",
        "it cannot be opened (No such file or directory)",
        "it cannot be opened (no such name can be)",
    ]


def test_a_disk_that_fails_costs_one_file() -> None:
    with pytest.raises(RefusedError, match=r"^it cannot be read \(Input/output error\)$"):
        folder.content("/proc/self/mem", 10)
