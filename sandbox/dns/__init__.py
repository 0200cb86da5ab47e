"""Authoritative name servers on four loopback addresses: the internet's, OVH's, another host's."""
