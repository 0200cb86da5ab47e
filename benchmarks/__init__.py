"""Speed as ratios to a floor measured in the same run: machines are shared and noisy."""

ROUNDS_PAGE = 200
ROUNDS_ORDER = 15
ROUNDS_JOURNEYS = 1000
