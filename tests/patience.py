"""How long the sandbox waits for an app. Slack's three seconds are held where they are what is tested; anywhere else a
busy machine that takes longer proves nothing."""

from sandbox.rules import Rules

PATIENT = Rules(ack_seconds=30.0, trigger_seconds=30.0)
