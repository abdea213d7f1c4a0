"""The component filter_bar."""
