"""The check-in before a session: its three steps and the advice that can end it."""
