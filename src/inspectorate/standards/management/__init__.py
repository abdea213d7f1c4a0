"""Words for operators."""
