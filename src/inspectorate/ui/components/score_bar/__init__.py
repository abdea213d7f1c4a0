"""The component score_bar."""
