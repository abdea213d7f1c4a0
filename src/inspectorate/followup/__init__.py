"""Stage 11, follow-up: recommendations, plans, progress, complaints, and whether it helped."""
