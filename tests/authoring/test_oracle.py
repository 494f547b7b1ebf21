"""An oracle proves a solution, and tells in which case it is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from support.courses import author
from support.tolerances import tolerances

from grader.authoring.oracle import Oracle, disproofs
from grader.authoring.verify import verify
from grader.cases.case import Case
from grader.course.discovery import load
from grader.sandbox import Sandbox

ROOT = Path(__file__).parents[2]


def sigmoid(m, Z):
    return 1 / (1 + m.exp(-Z))


def disproved(oracle: Oracle, case: Case, value: object, allowed: object) -> list[str]:
    return disproofs(oracle, case, value, tolerances(value, allowed))


def test_a_right_value_is_not_disproved_at_any_size_or_dtype() -> None:
    for Z in (np.array([-700.0, 0.0, 700.0]), np.array(0.3), np.array([2, -3]), np.float64(-1.5)):
        value = 1 / (1 + np.exp(-Z))
        assert disproved(sigmoid, Case("", (Z,)), value, np.full(np.shape(Z), 4e-15)) == []


def test_a_wrong_value_is_disproved_with_its_place() -> None:
    Z = np.array([0.0, 1.0])
    found = disproved(sigmoid, Case("", (Z,)), np.array([0.5, 0.73]), np.full(2, 1e-15))
    assert found == ["at index (1,) the solution is 0.73, the exact value 0.7310585786300049"]
    assert disproved(sigmoid, Case("", (Z,)), np.array([0.5]), np.full(1, 1e-15)) == [
        "the oracle has shape (2,), the solution (1,)"
    ]


def test_half_of_the_tolerance_is_left_to_the_student() -> None:
    Z = np.array([0.0])
    assert disproved(sigmoid, Case("", (Z,)), np.array([0.5 + 6e-7]), np.array([1e-6])) != []
    assert disproved(sigmoid, Case("", (Z,)), np.array([0.5 + 4e-7]), np.array([1e-6])) == []


def test_several_return_values_are_proved_one_by_one() -> None:
    def oracle(m, x, power):
        return {"root": m.sqrt(x), "power": x**power}

    x = np.array([2.0, 3.0])
    case = Case("", (x,), {"power": 2.0})
    right = {"root": np.sqrt(x), "power": x**2}
    assert disproved(oracle, case, right, [np.full(2, 1e-14)] * 2) == []
    assert len(disproved(oracle, case, right | {"power": x}, [np.full(2, 1e-14)] * 2)) == 1


def test_complex_values_are_proved_in_both_parts() -> None:
    def oracle(m, x):
        return np.array([m.sqrt(x), -m.sqrt(x)])

    case, limits = Case("", (-4.0,)), np.full(2, 1e-14)
    assert disproved(oracle, case, np.array([2j, -2j]), limits) == []
    assert disproved(oracle, case, np.array([2j, 1e-9 - 2j]), limits) == [
        "at index (1,) the solution is (1e-09-2j), the exact value -2j"
    ]


def test_infinity_and_nan_are_answers_like_others() -> None:
    def oracle(m, Z):
        return m.exp(Z)

    case = Case("", (np.array([1000.0, -1000.0, np.inf, np.nan]),))
    right = np.array([np.inf, 0.0, np.inf, np.nan])
    assert disproved(oracle, case, right, np.zeros(4)) == []
    assert disproved(oracle, case, np.full(4, np.nan), np.zeros(4)) == [
        "at index (0,) the solution is nan, the exact value inf"
    ]


def test_verify_fails_where_the_oracle_disproves_the_solution(tmp_path: Path) -> None:
    path = tmp_path / "03_activations" / "tanh.py"
    path.parent.mkdir()
    text = (ROOT / "reference/03_activations/tanh.py").read_text()
    path.write_text(text.replace("oracle=lambda m, Z: m.tanh(Z)", "oracle=lambda m, Z: m.tanh(Z + 1e-12)"))
    with Sandbox() as sandbox:
        (proof,) = verify([load(path)], seed=1, sandbox=sandbox)
    (finding,) = proof.findings
    assert finding.startswith("The oracle disproves the solution in the case “zero”: at index (0,) ")


def test_a_case_that_the_text_never_spoke_of_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "03_activations" / "tanh.py"
    path.parent.mkdir()
    text = (ROOT / "reference/03_activations/tanh.py").read_text()
    path.write_text(text.replace("; may be huge: the answer at 1000 is 1, at -1000 it is -1", ""))
    with Sandbox() as sandbox:
        (proof,) = verify([load(path)], seed=1, sandbox=sandbox)
    assert proof.findings[0].endswith("asks what the docstring never says: speak of huge values of Z there.")


@pytest.mark.parametrize(
    "module", ["grader.grading.pipeline", "grader.student.check", "grader.course.course"]
)
def test_grading_never_imports_mpmath(module: str) -> None:
    code = (
        f"import sys, {module}\nfrom grader.course import course\ncourse.find().tasks()\n"
        "sys.exit('mpmath' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(("line", "needs"), [("", False), ("    oracle=lambda m, Z: 2 * Z,\n", True)])
def test_verify_without_mpmath_is_wrong_use_where_an_exercise_has_an_oracle(
    tmp_path: Path, line: str, *, needs: bool
) -> None:
    path = author(tmp_path) / "reference" / "01_small" / "twice.py"
    text = path.read_text()
    assert "    checks=(" in text
    path.write_text(text.replace("    checks=(", f"{line}    checks=(", 1))
    hidden = "import sys; sys.modules['mpmath'] = None; from grader.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", hidden, "verify"], cwd=tmp_path, capture_output=True, text=True
    )
    said = "grader: An oracle needs mpmath, which is not installed; pip install mpmath fixes it.\n"
    assert (done.returncode, done.stderr) == ((2, said) if needs else (0, ""))
