"""The joint board pack: one click, one paper, the same for both partners."""
