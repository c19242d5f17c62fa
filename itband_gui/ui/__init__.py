"""The window: theme, pages, widgets, and the clock that drives a session."""
