"""Files that people hand in: where they wait, what is looked at before one is opened, what is taken out of them."""
