"""Classes, chained calls and steps: a course of them proves itself and grades fairly."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.courses import run

DATA = Path(__file__).parents[1] / "data" / "chained"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chained") / "course"
    shutil.copytree(DATA, folder)
    assert run("build", cwd=folder).code == 0
    return folder


def points(course: Path, folder: Path, slug: str, source: str) -> list[tuple[str, float]]:
    """Return the statuses and points of an exercise's checks for one submission."""
    (folder / "in" / "student-01").mkdir(parents=True)
    (folder / "in" / "student-01" / f"{slug}.py").write_text(source)
    done = run("grade", folder / "in", "--out", folder / "out", "--course", course, cwd=folder)
    assert done.code == 0, done.err
    result = json.loads((folder / "out" / "results" / "student-01.json").read_text())
    (exercise,) = (e for e in result["exercises"] if e["slug"] == slug)
    return [(check["status"], check["points"]) for check in exercise["checks"]]


def test_every_exercise_is_proven_and_every_mistake_caught(course: Path) -> None:
    done = run("verify", cwd=course)
    assert (done.code, done.out.splitlines()[-1]) == (0, "6 of 6 exercises proven; 19 of 19 mistakes caught.")


def test_a_stub_keeps_class_methods_signatures_and_docstrings(course: Path) -> None:
    text = (course / "exercises" / "01_layers" / "linear.py").read_text()
    assert text.startswith(
        '"""A linear layer that keeps what its backward pass needs."""\n'
        "# Easy, about 10 minutes.\n\n"
        "import numpy as np\nfrom numpy.typing import NDArray\n\n\n"
        'class Linear:\n    """A layer that computes X @ W + b.\n'
    )
    assert (
        '    def backward(self, dout: NDArray[np.floating]) -> NDArray[np.floating]:\n        """Return'
        in text
    )
    assert text.count("raise NotImplementedError") == 3
    assert "_X" not in text


LINEAR = """
import numpy as np
class Linear:
    def __init__(self, W, b): self.W, self.b = W, b
    def forward(self, X):
        self.X = X
        return X @ self.W + self.b
    def backward(self, dout):
        {backward}
"""


@pytest.mark.parametrize(
    ("backward", "checks"),
    [
        (
            "self.dW, self.db = self.X.T @ dout, dout.sum(0); return dout @ self.W.T",
            [("passed", 2), ("passed", 1), ("passed", 3), ("passed", 2), ("passed", 1)],
        ),
        (
            "return dout @ self.W.T",  # the gradients are not kept
            [("passed", 2), ("passed", 1), ("passed", 3), ("failed", 0), ("passed", 1)],
        ),
        (
            "self.dW, self.db = self.X.T @ dout, dout.sum(0); return 1 / 0",
            [("passed", 2), ("passed", 1), ("failed", 0), ("skipped", 0), ("passed", 1)],
        ),
    ],
)
def test_credit_is_given_for_each_step(
    course: Path, tmp_path: Path, backward: str, checks: list[tuple[str, float]]
) -> None:
    assert points(course, tmp_path, "linear", LINEAR.format(backward=backward)) == checks


def test_a_cache_of_any_form_never_leaves_the_worker(course: Path, tmp_path: Path) -> None:
    source = """
import numpy as np
class Cache: pass
def batchnorm_forward(x, gamma, beta):
    c = Cache()
    c.x, c.gamma, c.mean, c.var = x, gamma, x.mean(0), x.var(0)
    c.normal = lambda: (x - c.mean) / np.sqrt(c.var + 1e-5)
    return gamma * c.normal() + beta, c
def batchnorm_backward(dout, cache):
    n, std, h = len(dout), np.sqrt(cache.var + 1e-5), cache.normal()
    g = dout * cache.gamma
    return (n * g - g.sum(0) - h * (g * h).sum(0)) / (n * std), (dout * h).sum(0), dout.sum(0)
"""
    assert points(course, tmp_path, "batchnorm_forward", source) == [("passed", 2), ("passed", 4)]


def test_a_student_is_shown_a_script_that_can_be_pasted_and_run(course: Path, tmp_path: Path) -> None:
    student = tmp_path / "student"
    assert run("release", student, "--no-wheel", cwd=course).code == 0
    own = student / "exercises" / "02_programs" / "tensor.py"
    solution = (DATA / "reference" / "02_programs" / "tensor.py").read_text().partition("\n\ndef _loss")[0]
    lines = [line for line in solution.splitlines() if not line.startswith("from grader")]
    own.write_text("\n".join(lines).replace("gradients.get(id(parent), 0) + onward", "onward"))
    done = run("check", "tensor", "--json", "out.json", cwd=student)
    assert done.code == 1
    checks = json.loads((student / "out.json").read_text())["exercises"][0]["checks"]
    failed = next(check for check in checks if check["status"] == "failed")
    code = failed["call"]
    assert code.splitlines()[-1] == "a.grad"
    names: dict[str, object] = {}
    exec(f"import numpy as np\n{own.read_text()}\n{code}", names)
    assert failed["name"] == "gradient_matches_a_grad"
    assert run("check", "tensor", "--debug", cwd=student).code == 1
    program = student / ".grader" / "debug_tensor.py"
    done = subprocess.run([sys.executable, program], cwd=student, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0][:28]) == (0, "you returned: array([[-0.48,"), (
        done.stderr
    )
