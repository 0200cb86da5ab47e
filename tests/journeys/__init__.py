"""Random journeys of subscriptions through the portal and the sandbox; see `walk`."""
