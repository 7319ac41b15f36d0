"""Who sits for which partner, and what both have signed."""
