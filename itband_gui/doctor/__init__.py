"""Reports what is missing on this machine, and the fix."""
