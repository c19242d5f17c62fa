"""Services that every page shares: the journal, settings, work in the background."""
