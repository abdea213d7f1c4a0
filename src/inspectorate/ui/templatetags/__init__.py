"""Template tags and filters: ``{% load ui %}``."""
