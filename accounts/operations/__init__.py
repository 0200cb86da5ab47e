"""An account's operations ("tasks in progress") and events, as pages and over REST."""
