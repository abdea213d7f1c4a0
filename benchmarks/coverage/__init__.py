"""How often the interval of a pooled share holds the true share, measured on invented caseloads.

``python -m benchmarks.coverage`` prints the table of ``docs/explanation/how-sure.md``. The seed is part of the program.
"""
