"""What is done with the journal as a whole: restore, export, import."""
