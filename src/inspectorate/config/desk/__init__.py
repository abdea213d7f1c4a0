"""The pages that gather from all stages: start, search, status."""
