"""A session: from the check-in's end to the page after it."""
