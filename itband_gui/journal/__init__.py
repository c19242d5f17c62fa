"""The soreness journal: its entries, the book that holds them and the file that stores them."""
