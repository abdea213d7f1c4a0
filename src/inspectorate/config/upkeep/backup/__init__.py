"""Backups: made while the installation is in use, encrypted, read back, restored, and rehearsed."""
