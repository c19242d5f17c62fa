"""One page for a physiotherapist: its content, its layout, the dialog and the command."""
