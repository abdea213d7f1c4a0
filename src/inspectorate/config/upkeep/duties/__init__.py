"""What is done by the clock: each duty, when it is due, and the one process that runs them."""
