"""The savings ledger as both partners see it, and the page that everybody may see."""
