"""The pages of Revenues."""
