"""Stage 5, sampling: the case list comes in and is checked; the sample is drawn so that anyone can draw it again."""
