"""What does the suite hold? The mirror of the source, with its own helpers in `support`."""
