"""Colours, type, keys: how every part of the window looks."""
