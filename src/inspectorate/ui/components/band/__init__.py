"""The component band."""
