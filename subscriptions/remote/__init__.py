"""What the journal does at Microsoft for subscriptions and the catalogue."""
