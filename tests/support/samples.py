"""Results made by hand: every part of the pages occurs at least once."""

import numpy as np
from msgspec.structs import replace

from grader.grading import array_diff
from grader.report.class_summary import summary
from grader.report.code_view import Code
from grader.report.pages import exercise_page, student_page
from grader.results import (
    ChangedLine,
    CheckResult,
    Curves,
    Diagnosis,
    ExerciseResult,
    Fault,
    Place,
    Repair,
    Result,
)
from grader.text.numbers import number
from grader.text.values import call_text, value_text

SIX = np.array([[-6.0, -4.0, -2.0, -1.0], [0.0, 1.0, 2.0, 4.0], [6.0, 8.0, 10.0, 12.0]])
WIDE = np.linspace(-6, 6, 121)
SOFTMAX = r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{k} e^{z_j}}"
DERIVATIVE = r"\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \sigma(z)\,(1 - \sigma(z))"

TEXT = """Return the softmax of each row of `Z`.

Args:
    Z: scores, shape (n_samples, n_classes).

>>> softmax(np.array([[0.0, 0.0]]))
array([[0.5, 0.5]])"""


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def far(got, expected, tolerance="1e-15", inputs=None):
    off = ~((got == expected) | (np.isnan(got) & np.isnan(expected)))
    return array_diff.difference(got, expected, off, tolerance, inputs)


def check(name, title, status="passed", points=1.0, **more):
    earned = points if status in ("passed", "inconclusive") else 0.0
    left = points if status == "undecided" else 0.0
    return CheckResult(
        name=name, title=title, status=status, points=earned, open_points=left, max_points=points, **more
    )


def exercise(slug, title, checks, *, status="failed", lesson="03_activations", **more):
    counted = [c for c in checks if not c.advice]
    return ExerciseResult(
        slug=slug,
        title=title,
        lesson=lesson,
        file=more.pop("file", f"{slug}.py"),
        status=status,
        points=sum(c.points for c in counted),
        open_points=sum(c.open_points for c in counted),
        max_points=sum(c.max_points for c in counted),
        checks=checks,
        **more,
    )


def result(student, exercises, **more):
    return Result(
        student=student,
        digest="5f0c2f9a1b7d4e60" * 4,
        suite="c0ffee00aa11bb22" * 4,
        sandbox="namespaces",
        points=sum(e.points for e in exercises),
        open_points=sum(e.open_points for e in exercises),
        max_points=sum(e.max_points for e in exercises),
        started="2026-03-14T21:07:00+00:00",
        duration_s=0.25,
        exercises=exercises,
        **more,
    )


def softmax():
    z = np.array([[1.0, 2.0, 3.0], [1000.0, 1001.0, 1002.0]])
    good = np.exp(z - z.max(axis=1, keepdims=True))
    good /= good.sum(axis=1, keepdims=True)
    bad = good.copy()
    bad[1] = np.nan
    return exercise(
        "softmax",
        "Softmax: turn scores into probabilities",
        [
            check("preserves_shape", "Returns the same shape as its input"),
            check("sums_to_one", "Every row sums to 1"),
            check(
                "matches_reference",
                "Matches the reference values",
                points=3.0,
                stages={"example": True, "integers": True, "values": True},
            ),
            check(
                "stable_at",
                "Stays finite for large scores",
                "failed",
                3.0,
                stages={"huge": False},
                message="3 of 6 values differ. Row 1 of your output is all nan; "
                "expected probabilities that sum to 1.",
                case="a row of 1000",
                call=call_text("softmax", (z,), {}),
                difference=far(bad, good),
                smallest="import numpy as np\nfrom softmax import softmax\n\nsoftmax(np.array([[710.0]]))\n"
                "# yours:    array([[nan]])\n# expected: array([[1.]])",
            ),
            check(
                "no_warnings",
                "Gives no warnings",
                "failed",
                0.0,
                advice=True,
                message="RuntimeWarning on line 7: overflow encountered in exp.",
            ),
        ],
        diagnosis=Diagnosis(
            mistake="no_shift",
            message="`np.exp` overflows above 709: subtract each row's maximum first.",
            evidence="All 6 rows with a score above 709 are nan; all 14 other rows are right.",
        ),
        hints=[
            "How does softmax(x + c) compare with softmax(x)?",
            "Which c makes every exponent at most zero?",
            "`Z.max(axis=1, keepdims=True)` keeps the column that broadcasts.",
        ],
        formula=SOFTMAX,
        warnings=["RuntimeWarning on line 7: overflow encountered in exp"],
    )


def sigmoid_derivative():
    bad, good = sigmoid(-SIX), sigmoid(SIX) * (1 - sigmoid(SIX))
    near = np.round(good, 5)
    return exercise(
        "sigmoid_derivative",
        "The slope of the sigmoid",
        [
            check("preserves_shape", "Returns the same shape as its input"),
            check(
                "matches_reference",
                "Matches the reference values",
                "failed",
                3.0,
                message="8 of 12 values differ; the largest difference is 0.9951, at row 0, column 0.",
                call=call_text("sigmoid_derivative", (SIX,), {}),
                printed="z is [-6. -4.]\n",
                difference=far(np.where(SIX > 5, near, bad), np.where(SIX > 5, near, good)),
                picture=Curves(
                    title=f"sigmoid_derivative from {number(-6)} to 6",
                    x=WIDE.tolist(),
                    yours=sigmoid(-WIDE).tolist(),
                    expected=(sigmoid(WIDE) * sigmoid(-WIDE)).tolist(),
                ),
                smallest="sigmoid_derivative(np.array([0.0]))",
            ),
            check(
                "even",
                "Is symmetric around 0",
                "failed",
                hidden=True,
                case_hidden=True,
                message="9 of 12 values differ; the largest difference is 0.9951, at index 0.",
                call="sigmoid_derivative(np.array([0.4711]))",
                case="hidden 1",
                got="0.4242",
                expected="0.2424",
            ),
            check(
                "gradient_matches",
                "Agrees with a numerical gradient",
                "skipped",
                message='This check starts once "Matches the reference values" passes.',
            ),
        ],
        hints=["Where is the slope largest?", "Write it with the sigmoid itself."],
        formula=DERIVATIVE,
        stdout="imported\n",
    )


def relu(status="passed"):
    titles = {
        "zero": "Returns 0 for negative inputs",
        "keeps": "Keeps positive inputs unchanged",
        "does_not_mutate": "Leaves the input array unmodified",
    }
    return exercise(
        "relu", "ReLU: cut off at zero", [check(n, t, status) for n, t in titles.items()], status=status
    )


def tanh():
    """The function raised on line 3."""
    message = "ValueError on line 3: shapes (2, 3) and (2,) cannot be combined."
    return exercise(
        "tanh",
        "Hyperbolic tangent",
        [
            check("odd", "Is odd", "failed", message=message),
            check("within", f"Lies between {number(-1)} and 1", "failed"),
        ],
        status="raised",
        error=Fault(
            type="ValueError",
            message=message,
            line=3,
            traceback='File "tanh.py", line 3, in tanh\nValueError: operands could not be broadcast together',
            excerpt=[(2, "def tanh(Z):"), (3, "    return Z[:, :3] + Z[0]"), (4, "")],
        ),
    )


def leaky_relu():
    """Shapes, returned values and a one-dimensional difference."""
    z = np.array([-1.0, 0.0, 1.0])
    return exercise(
        "leaky_relu",
        "Leaky ReLU",
        [
            check(
                "preserves_shape",
                "Returns the same shape as its input",
                "failed",
                message="Your output has shape (3,); expected (3, 1).",
                call="leaky_relu(np.array([[-1.0], [0.0], [1.0]]))",
                shapes=array_diff.shapes(z.astype(np.float32), z[:, None]),
            ),
            check(
                "returns_array",
                "Returns a NumPy array",
                "failed",
                message="You returned a list; expected a NumPy array.",
                call="leaky_relu(np.array([-1.0, 2.0]))",
                got=value_text([-0.01, 2.0]),
                expected=value_text(np.array([-0.01, 2.0])),
            ),
            check(
                "matches_reference",
                "Matches the reference values",
                "failed",
                2.0,
                message="1 of 3 values differs; the largest difference is 0.99, at index 0.",
                call="leaky_relu(np.array([-1.0, 0.0, 1.0]))",
                difference=far(np.array([-1.0, 0.0, 1.0]), np.array([-0.01, 0.0, 1.0]), inputs=z),
            ),
            check("alpha", "Uses alpha", "inconclusive"),
            check("odd", "A check that broke", "undecided", message="The check raised an error."),
        ],
    )


def large():
    """An array that does not fit, and one of three dimensions."""
    rng = np.random.default_rng(7)
    good = np.round(rng.uniform(-3, 3, (100, 40)), 3)
    bad = good.copy()
    bad[60:80, 20:33] += 1e-9
    bad[70, 25] = np.inf
    cube = np.round(good[:6, :12].reshape(2, 3, 12), 2)
    other = cube.copy()
    other[1, 2, 3] += 0.5
    line = np.round(np.sin(np.arange(50.0)), 3)
    return exercise(
        "softmax_jacobian",
        "Jacobian of softmax",
        [
            check(
                "matches_reference",
                "Matches the reference values",
                "failed",
                2.5,
                message="260 of 4000 values differ.",
                call=call_text("softmax_jacobian", (good,), {}),
                difference=far(bad, good),
            ),
            check(
                "cube",
                "Also for three axes",
                "failed",
                1.0,
                message="1 of 72 values differs.",
                difference=far(other, cube),
            ),
            check(
                "line",
                "Also for one axis",
                "failed",
                1.0,
                message="2 of 50 values differ.",
                difference=far(np.where(np.arange(50) % 29 == 5, -line, line), line),
            ),
            check(
                "zero",
                "Also for a number",
                "failed",
                1.0,
                message="The value differs.",
                difference=far(np.array(0.30000001), np.array(0.3)),
            ),
            check(
                "blow",
                "Does not explode",
                "failed",
                1.0,
                message="Your curve leaves the expected range.",
                picture=Curves(
                    title="exploding",
                    x=WIDE.tolist(),
                    yours=[None if v > 3 else v for v in np.exp(2 * WIDE).tolist()],
                    expected=np.tanh(WIDE).tolist(),
                ),
            ),
            check(
                "gradient",
                "Agrees with finite differences of the loss",
                "failed",
                1.0,
                message="1 of 4 values differs.",
                picture=Curves(
                    title="error of the gradient for W at index 0, 1 against the step",
                    kind="errors",
                    x=[10.0**-n for n in range(12, 0, -1)],
                    yours=[0.25] * 12,
                    expected=[10.0 ** -(4 + n / 2) for n in range(8)] + [1e-9, 1e-7, 1e-5, 1e-3],
                ),
            ),
            check(
                "walk",
                "Arrives where gradient descent arrives",
                "failed",
                1.0,
                message="2 of 2 values differ.",
                picture=Curves(
                    title="the path of 3 steps",
                    kind="path",
                    x=[-3.0, -2.0, -1.5, -1.25],
                    yours=[2.0, -1.0, 0.5, -0.25],
                    x_expected=[-3.0, -1.0, 0.0, 0.5],
                    expected=[2.0, 1.0, 0.5, 0.25],
                ),
            ),
        ],
        formula=r"\unknown{",
    )


def absent(slug, status, **more):
    checks = [
        check(n, t, "undecided" if status == "undecided" else "failed")
        for n, t in (("shape", "Returns the same shape"), ("values", "Matches the reference"))
    ]
    return exercise(slug, "", checks, status=status, file="", **more)


def usual(student="student-02"):
    return result(student, [softmax(), sigmoid_derivative(), relu()])


def everything(student="student-07"):
    """Every status and every kind of evidence."""
    stops = ("missing", "not_attempted", "syntax_error", "wrong_signature", "crashed", "exited", "timed_out")
    more = [absent(f"exercise_{s}", s, lesson="04_losses") for s in (*stops, "wrong_type", "undecided")]
    exercises = [softmax(), sigmoid_derivative(), relu(), tanh(), leaky_relu(), large(), *more]
    return result(student, exercises, notes=["notes.txt was left out: it is no Python file."])


def passing(one):
    """The same exercise with every check passed."""
    checks = [check(c.name, c.title, points=c.max_points, advice=c.advice) for c in one.checks]
    return exercise(one.slug, one.title, checks, status="passed", lesson=one.lesson)


def stopped(one, status, message):
    """The same exercise, where no call came back."""
    checks = [check(c.name, c.title, "failed", c.max_points, advice=c.advice) for c in one.checks]
    fault = Fault(type="TypeError", message=message, line=4) if message else None
    return exercise(one.slug, one.title, checks, status=status, lesson=one.lesson, error=fault)


def unsquared(one):
    """The same exercise with a likely cause."""
    cause = Diagnosis(mistake="unsquared", message="The denominator is squared: (1 + exp(-z))².")
    return replace(one, diagnosis=cause)


def repaired(one, **more):
    """Return a failed exercise without a known cause, but with a small change that mends it."""
    found = Repair(
        file="neural_network.py",
        function=one.slug,
        line=12,
        kind="axis: sum",
        excerpt=[
            (11, "    e = np.exp(Z - Z.max(axis=1, keepdims=True))"),
            (12, "    return e / e.sum(axis=0)"),
        ],
        where=[Place(12, "Look at the axis of this sum.")],
        what=["axis=0 combines the rows and leaves a number for each column; axis=1 combines the columns."],
        change=[
            ChangedLine(12, "    return e / e.sum(axis=0)", "    return e / e.sum(axis=1, keepdims=True)")
        ],
        is_full=True,
    )
    return replace(one, diagnosis=None, is_searched=True, repair=replace(found, **more))


def repairs(audience):
    """Return the page of a student with repairs told in each stage, and one with code of the solution."""
    kinds = [{"told": told} for told in ("where", "what", "change")] + [{"uses_solution": True}]
    exercises = [replace(repaired(softmax(), **more), slug=f"softmax_{n}") for n, more in enumerate(kinds, 1)]
    return student_page(result("student-03", exercises), audience=audience)


CODE = """import numpy as np


def softmax(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1)  # <b>each row</b>


# ReLU
def relu(Z):
    Z[Z < 0] = 0
    return Z
"""


def with_code():
    """Return an instructor's page with a file of two exercises, one of its own, one that is not kept."""
    fault = Fault(type="TypeError", message="TypeError on line 11.", line=11)
    exercises = [
        replace(repaired(softmax(), file="all.py", line=6), file="all.py"),
        replace(relu("failed"), file="all.py", status="raised", error=fault),
        replace(sigmoid_derivative(), file="other.py"),
        replace(tanh(), file="tanh.py"),
    ]
    files = {"all.py": CODE.encode(), "other.py": b"def other(x):\n" + b"    x = x + 1\n" * 2000}
    code = Code({"d": files}, {"softmax": "d", "relu": "d", "sigmoid_derivative": "d"})
    return student_page(result("student-03", exercises), audience="instructor", title="Course", code=code)


def group(size):
    """A class whose members differ in a regular way."""
    made = []
    for i in range(size):
        first, second, third = softmax(), sigmoid_derivative(), relu()
        first = passing(first) if i % 3 == 0 else first
        first = stopped(first, "raised", "TypeError on line 4.") if i % 7 == 6 else first
        second = passing(second) if i % 2 == 0 else unsquared(second) if i % 5 else second
        third = stopped(third, "missing", "") if i % 11 == 10 else third
        made.append(result(f"student-{i + 1:02}", [first, second, third]))
    return made


def lesson(student="student-03"):
    """A whole lesson, 14 exercises of about 7 checks, two of them failed."""
    titles = (
        "Returns the same shape as its input",
        "Every value is between 0 and 1",
        "Leaves its input unchanged",
    )
    titles += (
        "Matches the reference values",
        "Stays finite for large scores",
        "Is monotone",
        "Uses no loops",
    )
    many = [check(f"check_{i}", title, points=2.0) for i, title in enumerate(titles)]
    rest = [exercise(f"activation_{i}", "One more function", many, status="passed") for i in range(12)]
    return result(student, [softmax(), sigmoid_derivative(), *rest])


def overview(results, slug, *, title, text=""):
    """The page of an exercise, made as a class's results are folded in."""
    tally = next(e for e in summary(results).exercises if e.slug == slug)
    mine = {r.student: next(e for e in r.exercises if e.slug == slug) for r in results}
    return exercise_page(tally, {name: mine[name] for name in tally.examples}, title=title, text=text)
