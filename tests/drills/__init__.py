"""What is lost when things break on purpose? Real processes are killed, raced and frozen, and the losses counted."""
