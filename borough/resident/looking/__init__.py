"""Looks that a team leader looks at again: what the facts make stand out, and some at random."""
