"""Warning signs, the check-in's screening and the advice that goes with each."""
