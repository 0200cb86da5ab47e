"""The health of configured domains: looked at daily, scored, alerted on regression only."""
