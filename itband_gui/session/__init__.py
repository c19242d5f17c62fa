"""Following a plan: the engine that is told the time, and what it saw."""
