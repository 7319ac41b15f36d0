"""What both partners see: figures counted from what was done, never typed."""
