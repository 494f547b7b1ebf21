"""A forbidden function is known by every name under which NumPy and SciPy have it, and no other is."""

from __future__ import annotations

import pytest

from grader.submissions.libraries import Forbidden

MEAN = Forbidden(["numpy.mean", "sorted", "numpy.linalg.inv"], ["mean"])


@pytest.mark.parametrize(
    "full",
    [
        *(
            "numpy.mean",
            "numpy.nanmean",
            "sorted",
            "builtins.sorted",
            "numpy.linalg.inv",
            "numpy.mean.__call__",
        ),
        *("numpy.core.fromnumeric.mean", "numpy._core.fromnumeric.mean", "numpy.core.mean", "numpy.ma.mean"),
        *("numpy.ma.core.mean", "numpy.lib.nanfunctions.nanmean", "numpy.matlib.mean", "numpy.ndarray.mean"),
        *(
            "numpy.matrix.mean",
            "numpy.ma.MaskedArray.mean",
            "numpy.linalg.linalg.inv",
            "numpy.linalg._linalg.inv",
        ),
        *("numpy.lib._function_base_impl.np.mean", "numpy.polynomial.polyutils.np.mean"),
        *("numpy.polynomial.polyutils.la.inv", "numpy.testing._private.utils.np.linalg.inv"),
    ],
)
def test_a_function_is_known_by_all_its_names(full: str) -> None:
    assert MEAN.first([full]) == full


@pytest.mark.parametrize(
    "full",
    [
        *("numpy.sum", "mean", "statistics.mean", "scipy.ndimage.mean", "scipy.sparse.linalg.inv"),
        *("numpy.linalg.LinAlgError", "numpy.ma.sum", "numpy.ndarray.sum", "numpy"),
    ],
)
def test_another_function_is_not_meant(full: str) -> None:
    assert MEAN.first([full]) == ""


def test_a_module_stands_for_all_in_it_but_its_exception() -> None:
    linalg = Forbidden(["numpy.linalg"], [])
    assert linalg.first(["numpy.linalg.vector_norm"]) == "numpy.linalg.vector_norm"
    assert linalg.first(["numpy.linalg.LinAlgError"]) == ""
    assert linalg.first(["numpy.linalgebra.inv"]) == ""


def test_the_same_function_in_another_part_of_a_library_is_meant_too() -> None:
    forbidden = Forbidden(["scipy.linalg.inv", "numpy.random.normal"], [])
    for full in ("scipy.sparse.linalg.inv", "numpy.random.mtrand.normal"):
        assert forbidden.first([full]) == full


def test_of_several_meanings_the_first_that_is_forbidden_is_told() -> None:
    assert MEAN.first([None, "numpy.sum", "numpy.nanmean", "numpy.mean"]) == "numpy.nanmean"
