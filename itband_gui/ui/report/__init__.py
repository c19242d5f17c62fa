"""One page for a physiotherapist: what is on it, how it is drawn, the dialog and the command."""
