"""Which records of which systems are one person: proposed by arithmetic, joined with care."""
