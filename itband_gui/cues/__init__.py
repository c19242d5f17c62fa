"""The operating system's part of a session: voice, tones, keeping the screen on, media keys."""
