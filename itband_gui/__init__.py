"""IT Band Guide: a guided hand-massage routine and an honest soreness journal for runners."""

__version__ = "0.1.0"
