"""The operating system's part of a session: voice, tones, keeping the screen on, media keys."""

# The hidden commands with which a bundle starts itself as its own child process.
CUE_CHILD, KEEP_AWAKE_CHILD = "cue-child", "keep-awake-child"
