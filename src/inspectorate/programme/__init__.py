"""Stage 3, the programme: whom to visit and why; the year in hours and money; the diary."""
