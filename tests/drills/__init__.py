"""What happens when things break on purpose? Real processes are killed, raced and stopped, and what was lost is counted."""
