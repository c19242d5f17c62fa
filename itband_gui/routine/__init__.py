"""Routines, and the plan that fits a routine to a check-in."""
