"""Changes above the account's amount, which wait until an owner has decided."""
