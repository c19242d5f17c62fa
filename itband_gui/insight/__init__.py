"""What the journal tells: pure functions of its entries, given oldest first; data and codes."""
