"""Stage 10, publication: embargo, release, the public site and open data."""
