"""Routines, and the plan that fits one of them to one check-in."""
