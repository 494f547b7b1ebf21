"""Hypothesis strategies of values that cross the wire."""

from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.worker import wire

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=20),
    st.complex_numbers(),
)
keys = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=5)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)
arrays = hnp.arrays(
    dtype=st.sampled_from(sorted(wire.DTYPES - {"longdouble"})),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0),
)
values = st.recursive(
    scalars | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(keys, inner, max_size=3)
        | st.sets(keys, max_size=3)
    ),
    max_leaves=8,
)
