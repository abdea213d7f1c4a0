"""The pages of publication: what the public sees, and how it comes to be released."""
