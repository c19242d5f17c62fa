"""The computer: its folders, terminal, display, log and libraries; no Qt."""
