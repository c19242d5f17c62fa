"""The operating system's side of a cue: voice, tones, a screen kept awake, media keys."""
