"""A local Microsoft, OVH, DNS servers and mailbox, with a clock one can turn; its own process."""
