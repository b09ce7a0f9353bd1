"""The bytes of everything that lies in the 置き場 (`build_spec/specification/objects.md`)."""
