"""Stage 9, reports: documents in two languages, and the check of a draft."""
