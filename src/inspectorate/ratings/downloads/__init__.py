"""Downloads: each is built anew out of the results, opened again, and handed over only if all of it is there."""


class IncompleteError(Exception):
    """A file that was made does not hold, when it is opened again, what was put into it; it is not handed over."""


USUAL_CASES, MOST_CASES = 50, 500
"""Rows of a sheet to fill in."""
