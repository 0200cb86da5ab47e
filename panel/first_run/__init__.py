"""From an empty installation to the first order: the operator's wizard, the reseller's card."""
