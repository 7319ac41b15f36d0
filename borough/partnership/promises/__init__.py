"""What the partners promised, each with its day, and whether it was kept: computed, never typed."""
