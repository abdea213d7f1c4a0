"""Stage 1, the register: whom we inspect, what became of them, and what is known about each.

In come bodies with their dates of life and succession, and results that later stages record. Out goes an answer to
"who was this on that day, and what was found there".
"""
