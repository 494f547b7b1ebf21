"""Right and wrong implementations of lesson 02, as learners write them, and what became of them."""
