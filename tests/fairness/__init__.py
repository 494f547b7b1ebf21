"""Right and wrong implementations of the course, as learners write them, and what became of them."""
