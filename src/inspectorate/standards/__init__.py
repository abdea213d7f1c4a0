"""Stage 2, standards: which edition is in force for which programme from which day; browse and compare.

In come the edition folders that ``methodology.editions`` reads; out go the pages on which the public reads them.
"""
