"""What the pages of inspections show, as their templates and components take it."""
