"""The parts around a screen: left bar, header, title line, status bar, go-to palette."""
