"""The full matrix: every level as root and unprivileged, each layer taken away; its tables go to the docs.

Run it as `make soak`. Where it is not run as root, it does the half of its own user.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from attacks import EVERYWHERE, honest, outcome
from attacks.book import ATTACKS, place

from grader.sandbox import Sandbox, paths
from grader.sandbox.layers import LEVELS
from grader.sandbox.levels import survey

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "security.md"
BEGIN, END = "<!-- make soak: begin -->\n", "<!-- make soak: end -->\n"
OTHER_PYTHON = "/usr/bin/python3"
_LEFT = ("/tmp/bomb", "/dev/shm/bomb", "/bomb", "/tmp/x", "/tmp/x.pyc", "/tmp/nest")
Report = dict[str, dict[str, object]]


def matrix(say: Callable[[str], object]) -> Report:
    """Return for each run, such as `C without seccomp`, how many attacks it claims and which got through."""
    lacking = survey()
    report: Report = {}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        facts = place(Path(folder))
        for level in LEVELS:
            if lacking[level]:
                report[level] = {"lacking": lacking[level]}
            else:
                report[level] = _run(level, facts)
            say(f"{level}: {report[level]}")
        for level in ("A", "C"):
            for layer, has in asdict(LEVELS[level]).items():
                if has and not lacking[level]:
                    name = f"{level} without {layer}"
                    report[name] = _run(level, facts, without=layer)
                    say(f"{name}: {report[name]}")
    return report


def _run(level: str, facts: dict[str, str], *, without: str = "") -> dict[str, object]:
    layers = replace(LEVELS[level], **{without: False}) if without else None
    claimed = [a for a in ATTACKS if level in a.levels and a.runs_here]
    if without:
        # What holds at every level needs no layer.
        claimed = [a for a in claimed if a.levels != EVERYWHERE]
    through = []
    with clean(), Sandbox(level=level, layers=layers) as sandbox:
        for attack in claimed:
            if outcome(attack, sandbox, facts) not in attack.held:
                through.append(attack.name)
            if honest(sandbox) != 4.0:
                through.append(f"{attack.name}, and the next submission suffered")
    return {"claimed": len(claimed), "through": through}


@contextmanager
def clean() -> Iterator[None]:
    """Remove what attacks left outside, where a layer that keeps them inside was taken away."""
    suspects = [*map(Path, _LEFT), paths.packages()[0] / "evil.py"]
    before = {path for path in suspects if path.exists()}
    yield
    for path in set(suspects) - before:
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def unprivileged() -> Report:
    """Return the matrix as the user nobody runs it, with an interpreter and copies that it can read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for path in (paths.ROOT, HERE / "attacks", *paths.packages(), paths.own()[2]):
            shutil.copytree(path, Path(folder) / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(_seccomp(), folder)
        shutil.copy(__file__, folder)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", OTHER_PYTHON, "soak.py"]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": folder}
        done = subprocess.run(
            [*command, "--json"], cwd=folder, env=environment, stdout=subprocess.PIPE, check=True
        )
    found: Report = json.loads(done.stdout)
    return found


def _seccomp() -> str:
    import pyseccomp

    return str(pyseccomp.__file__)


def _same_version() -> bool:
    code = "import sys; print(sys.version_info[:2] == " + repr(tuple(sys.version_info[:2])) + ")"
    try:
        done = subprocess.run([OTHER_PYTHON, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.stdout.strip() == "True"


def page(reports: dict[str, Report]) -> str:
    """Return the part of the page that is generated."""
    users = list(reports)
    lines = ["| level | " + " | ".join(users) + " |", "|---" * (1 + len(users)) + "|"]
    lines += [
        f"| {level} | " + " | ".join(_held(reports[u][level]) for u in users) + " |" for level in LEVELS
    ]
    lines += ["", "| taken away | " + " | ".join(f"no longer refused, {u}" for u in users) + " |"]
    lines += ["|---" * (1 + len(users)) + "|"]
    runs = [name for name in reports[users[0]] if " without " in name]
    lines += [
        f"| {name} | " + " | ".join(_count(reports[u].get(name)) for u in users) + " |" for name in runs
    ]
    lines += ["", "Which they are, each attack named by what the layer sees to:", ""]
    for name in runs:
        stopped = sorted({t for u in users for t in _through(reports[u].get(name))})
        sentence = ", ".join(t.replace("_", " ") for t in stopped) or "none: the other layers stop them all"
        lines.append(f"- **{name}**: {sentence}.")
    return "\n".join(lines) + "\n"


def _held(run: dict[str, object]) -> str:
    if "lacking" in run:
        return f"not to be had: {run['lacking']}"
    return f"{int(str(run['claimed'])) - len(_through(run))} of {run['claimed']} held"


def _count(run: dict[str, object] | None) -> str:
    return f"{len(_through(run))} of {run['claimed']}" if run else "not run"


def _through(run: dict[str, object] | None) -> list[str]:
    found = (run or {}).get("through", [])
    assert isinstance(found, list)
    return found


def main() -> int:
    """Run, write the page, and fail if an attack got through at a level that claims to stop it."""
    if "--json" in sys.argv:
        print(json.dumps(matrix(lambda text: print(text, file=sys.stderr, flush=True))))
        return 0
    reports = {"root" if os.geteuid() == 0 else "unprivileged": matrix(lambda text: print(text, flush=True))}
    if os.geteuid() == 0 and _same_version():
        reports["unprivileged"] = unprivileged()
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    PAGE.write_text(head + BEGIN + page(reports) + END + rest.partition(END)[2], encoding="utf-8")
    failed = [
        f"{user}, {level}: {name}"
        for user, r in reports.items()
        for level in LEVELS
        for name in _through(r[level])
    ]
    print("\n".join(failed) or "Every attack held at every level that claims it.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
