"""Stage 7, quality: an assessment is accepted or returned; agreement between assessors is measured."""
