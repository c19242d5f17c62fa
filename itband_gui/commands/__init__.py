"""The commands `itband-gui journal …` and `today`, one file each."""
