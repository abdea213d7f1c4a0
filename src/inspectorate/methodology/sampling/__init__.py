"""Samples: how many cases, which ones, and how like the list they are."""
