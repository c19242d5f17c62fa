"""The main window and all around it."""
