"""Proposing and signing terms, recording charges, claiming savings and agreeing on them."""
