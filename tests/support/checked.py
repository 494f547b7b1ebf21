"""What `grader check` says of the exercises of the small course: unstarted, missing, partial, passed."""

from __future__ import annotations

LEFT = "1 other exercise of the course is not in these files.\n"

PARTIAL = """\
◐ twice  Partial  2/5
    1 of 4 stages:  ✗ an example  ✗ values  ✗ transposed arrays  ✓ arguments untouched
    Likely cause: Twice a number is 2 * Z; Z ** 2 is its square.
    ✗ Matches the reference values  0/3
        4 of 4 values differ; the largest difference is 1.465, at row 0, column 3.
        called with:  twice(np.array([[1.86, 1.17, 2.04, 2.57]]))
        you returned: array of shape (1, 4), float64: [[3.46, 1.369, 4.162, 6.605]]
        expected:     array of shape (1, 4), float64: [[3.72, 2.34, 4.08, 5.14]]
    Stuck? Run: grader hint twice
"""

UNDECIDED = """\
! twice  Undecided  4/5
    The grader itself failed here. The open points are decided when this is graded again.
    ! The output has the shape of the input  0/1
        The grader itself failed here: TypeError: 'str' object cannot be interpreted as an integer

4 of 5 points, 1 open
"""

CHECKS = """\
    ✓ The output has the shape of the input  1/1
    ✓ Leaves its arguments unchanged  1/1
    ✓ Matches the reference values  3/3
"""


def unstarted(slug: str) -> str:
    sentence = f"{slug} has no code yet. Put your code in place of `raise NotImplementedError` or `pass`."
    return f"○ {slug}  Not started  0/5\n    {sentence}\n"


def missing(slug: str) -> str:
    sentence = f"No file defines {slug}. Write `def {slug}(…)` at the left margin, spelt exactly so."
    return f"○ {slug}  Not found  0/5\n    {sentence}\n"


def passed(slug: str) -> str:
    return f"✓ {slug}  Passed  5/5\n"
