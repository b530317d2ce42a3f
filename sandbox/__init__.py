"""What if there is no Slack? A Slack workspace in one process; it knows nothing of the rest."""
