"""Who works here: accounts and their roles, what ties a person to a body or a case, and who may do what.

Nothing here knows a stage: bodies, cases and inspections are named by (kind, public id).
"""
