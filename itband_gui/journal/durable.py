"""Replaces a file so that a kill or a power cut leaves the old one or the new one, whole."""
