"""The component score_bars."""
