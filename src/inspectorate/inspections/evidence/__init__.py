"""What the body gives: for which standards, which files are taken, and how it stands."""
