"""What was signed, what a year should have cost and did, what was claimed, and how it stands."""
