"""What the journal tells: pure functions of its entries."""
