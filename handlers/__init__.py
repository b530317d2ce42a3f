"""What do people do in Slack? A few lines around each operation."""
