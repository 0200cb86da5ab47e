"""OVH's zone API, signed as OVH signs; what is written is served by DNS after a refresh."""
