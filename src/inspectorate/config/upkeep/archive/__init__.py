"""The archive of changes of PostgreSQL: every segment as it is written, a base a day, and the way back to a moment."""
