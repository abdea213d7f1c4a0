"""Stage 6, fieldwork: assessments of cases, as append-only entries; interviews and surveys."""
