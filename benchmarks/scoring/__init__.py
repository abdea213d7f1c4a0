"""How long scoring takes, beside what a bare engine needs for the sums alone."""
