"""Sentences by subject, for every page."""
