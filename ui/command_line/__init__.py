"""The command line: the same services as the window, for automation and support. No window, no Qt here."""
