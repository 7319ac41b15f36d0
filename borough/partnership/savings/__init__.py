"""The savings ledger: what both signed, what a year should have cost, and whose the savings are."""
