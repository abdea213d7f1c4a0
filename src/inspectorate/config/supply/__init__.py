"""Where the product comes from: what it is made of, whether anything in it has a known flaw, whether it was altered."""
