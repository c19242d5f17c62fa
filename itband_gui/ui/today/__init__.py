"""The parts of Today's page."""
