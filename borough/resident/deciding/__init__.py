"""What follows for a resident today: the ordered rules, asked from what is really recorded."""
