"""One text for each code, for the window and for commands; no Qt."""
