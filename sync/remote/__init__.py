"""What is read at Microsoft to keep our rows in step. Nothing is written there."""
