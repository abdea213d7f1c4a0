"""Stage 8, ratings: scores, ratings and their accounts, from a file, the database or a columnar engine."""
