"""Fair verdicts on floating-point answers: tolerances and finite differences."""
