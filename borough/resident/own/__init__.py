"""The resident's own door: signing in with a code from a letter, and all that is theirs to see."""
