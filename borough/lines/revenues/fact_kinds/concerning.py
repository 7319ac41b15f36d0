"""Whom the facts are about, in words."""

PAYERS = "the persons liable on the account"
