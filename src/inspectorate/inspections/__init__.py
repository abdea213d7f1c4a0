"""Stage 4, one inspection: its modules and editions, team, notice, dates and state."""
