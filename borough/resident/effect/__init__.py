"""Whether help reaches people, and whom it misses: counted, never typed."""
