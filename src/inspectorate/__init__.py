"""Inspectorate: from the year's plan to proof that inspection helped.

The packages are the stages of an inspection in the order of the story; a stage imports those before it, never after.
"""
