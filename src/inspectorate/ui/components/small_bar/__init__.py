"""The component small_bar."""
