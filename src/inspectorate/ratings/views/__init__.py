"""The pages on which a file is handed in, its results are read, and it is kept or erased."""
