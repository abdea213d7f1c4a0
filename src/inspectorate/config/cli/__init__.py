"""The command line: ``inspectorate``."""
