"""What can be done with promises, their evidence, the staff list and transfers."""
