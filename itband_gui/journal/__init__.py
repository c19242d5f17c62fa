"""The soreness journal: its entries, the book that holds them and the file that keeps them."""
