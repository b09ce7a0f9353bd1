"""Sharing with the team through storage that nobody trusts (decision 130)."""
