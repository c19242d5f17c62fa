"""The illustrated guide: its texts, figures, sections, search and print."""
