"""The page layer: GOV.UK Frontend for a council, the form renderer, and the parts of a page."""
