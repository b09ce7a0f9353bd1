"""One round of synchronisation, the part that is pure: no store, no clock, no place."""
