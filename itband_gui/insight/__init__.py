"""Findings from the journal: pure functions of its entries, oldest first, returning data."""
