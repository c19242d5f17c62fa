"""What the journal tells, in sentences: readiness, relief, mornings, rest, load, and what lacks."""
