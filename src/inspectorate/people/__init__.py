"""The people of the inspectorate: accounts, roles, training, availability, conflicts of interest.

The table of who may do what lives here, and nowhere else.
"""
