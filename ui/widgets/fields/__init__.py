"""Fields for Japanese text, numbers, dates and choices; the input rules hold in each of them."""
