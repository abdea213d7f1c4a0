"""The reference: what any Django application needs for one guarded saving, and nothing more."""
