"""Migrations of what keeps an installation sound."""
