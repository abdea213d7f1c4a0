"""The component bands."""
