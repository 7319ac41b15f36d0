"""What two partners hold each other to, as arithmetic: savings, agreement, standing among peers."""
