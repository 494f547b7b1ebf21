"""All attacks, and the place that they are after."""

from __future__ import annotations

import os
from pathlib import Path

from attacks import Attack, ends, excess, facts, kernel, lying, reaching, reading, resources, speech, staying
from grader.sandbox.paths import environment

THEMES = {
    "ends": ends.ATTACKS,
    "resources": resources.ATTACKS,
    "reading": reading.ATTACKS,
    "reaching": reaching.ATTACKS,
    "kernel": kernel.ATTACKS,
    "lying": lying.ATTACKS,
    "excess": excess.ATTACKS,
    "speech": speech.ATTACKS,
    "staying": staying.ATTACKS,
}
ATTACKS: tuple[Attack, ...] = tuple(attack for attacks in THEMES.values() for attack in attacks)
_NOBODY = 65534


def place(folder: Path) -> dict[str, str]:
    """Fill `folder` with what attackers are after; return what they know of it."""
    for name in ("reference/softmax.py", "submissions/student-02/softmax.py", "out/results/student-02.json"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("secret")
    (folder / "victim").write_text("here")
    private = folder / "private"
    private.mkdir()
    (private / "secret").write_text("secret")
    private.chmod(0o700 if os.geteuid() == 0 else 0o000)
    if os.geteuid() == 0:
        os.chown(private, _NOBODY, _NOBODY)
    names = [*environment("PATH"), "PWD", "LC_CTYPE"]
    return facts(str(folder)) | {"ENVIRON": repr(names)}
