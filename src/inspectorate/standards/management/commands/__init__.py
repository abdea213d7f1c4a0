"""Words for operators: ``inspectorate manage WORD``."""
