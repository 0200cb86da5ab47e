"""Staff in the place of a member: what a browser may do meanwhile, enforced in one place."""
