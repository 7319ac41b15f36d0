"""The pages of change."""
