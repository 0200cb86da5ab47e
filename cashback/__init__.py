"""What a reseller earns back on what was ordered under the MPN ID: rules, monthly accrual."""
