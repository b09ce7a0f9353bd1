"""Sharing: sealed objects in storage that nobody trusts (decision 130)."""
