"""What other councils published, and in which set of them one stands where."""
