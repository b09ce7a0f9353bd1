"""The frozen rows that leave a transaction, for screens and pages."""
