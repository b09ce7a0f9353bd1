"""Who belongs to a team and who holds which keys, as a pure function of signed entries (decision 132)."""
