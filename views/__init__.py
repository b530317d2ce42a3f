"""What does it look like in Slack? Pure functions from values to blocks, and from forms back to values."""
