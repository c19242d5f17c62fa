"""The journal as a whole: restore, export, import."""
