"""Figures about those who are helped: small numbers left out, nobody's record open."""
