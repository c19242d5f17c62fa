"""`itband-gui journal …`: a file for each command; what is wrong is said in `sentences`."""
