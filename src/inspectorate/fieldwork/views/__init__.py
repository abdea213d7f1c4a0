"""The pages of fieldwork: the list of cases, giving them to people, the case form, and bad days."""
