"""What is kept of people, for how long and why; what is due to go; and everything that is held about one of them."""
