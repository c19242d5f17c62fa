"""The parts of the journal page: its list, its forms and its sentences."""
