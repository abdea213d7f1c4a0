"""What keeps an installation sound: backups and their restoring, the duties that run by the clock, and retention."""
