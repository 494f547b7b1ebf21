"""An oracle proves every exercise, or a reason stands here why none can."""

from __future__ import annotations

from pathlib import Path

from grader.exercise import discover

WITHOUT = {
    "attention_backward": "not yet",
    "attention_weights": "not yet",
    "batch_norm_backward": "not yet",
    "batch_norm_forward": "not yet",
    "bayes_posterior": "not yet",
    "causal_mask": "not yet",
    "chain_rule": "not yet",
    "column_vector": "it reshapes, and computes nothing",
    "compensated_sum": "not yet",
    "condition_number_2x2": "not yet",
    "conv2d": "not yet",
    "conv2d_backward": "not yet",
    "correlation": "not yet",
    "covariance_matrix": "not yet",
    "dense_backward": "not yet",
    "dense_forward": "not yet",
    "derivative": "not yet",
    "dropout": "not yet",
    "estimate_limit": "not yet",
    "float_parts": "not yet",
    "gamma_pdf": "not yet",
    "gaussian_pdf": "not yet",
    "gradient_on_grid": "not yet",
    "integrate": "not yet",
    "layer_norm": "not yet",
    "machine_epsilon": "not yet",
    "max_pool": "not yet",
    "mean": "not yet",
    "mlp_backward": "not yet",
    "mlp_forward": "not yet",
    "multi_head_attention": "not yet",
    "newton_minimize": "not yet",
    "p_value": "not yet",
    "positional_encoding": "not yet",
    "product_rule": "not yet",
    "reject_null": "not yet",
    "relative_error": "not yet",
    "rnn_backward": "not yet",
    "rnn_forward": "not yet",
    "sample_bernoulli": "not yet",
    "sample_normal": "not yet",
    "sample_poisson": "not yet",
    "scaled_dot_product_attention": "not yet",
    "t_statistic": "not yet",
    "tensor_summary": "it names a shape and a dtype, and computes nothing",
    "train_mlp": "not yet",
    "trapezoid": "not yet",
    "variance": "not yet",
}
"""Exercises whose answers have no exact value to compute, sorted, with the reason."""


def test_a_new_exercise_has_an_oracle_or_a_reason_here() -> None:
    authored = discover(Path(__file__).parents[1] / "reference")
    assert sorted(one.exercise.slug for one in authored if one.exercise.oracle is None) == list(WITHOUT)
