"""One text a code, for the window and for commands; no Qt."""
