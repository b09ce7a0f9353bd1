"""S12 チームと端末: people, their devices and what they see; joining, stopping, leaving."""
