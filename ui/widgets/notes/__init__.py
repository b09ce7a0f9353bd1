"""The editor of note lines: one block of text per line, everything else painted around it."""
