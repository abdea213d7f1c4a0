"""The pages on which a list is handed in, checked and frozen, and a sample is drawn, shown and changed."""
