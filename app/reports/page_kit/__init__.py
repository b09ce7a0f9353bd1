"""The parts that every document is made of: paper, ink, lines, boxes, tables, cards, and the page's frame."""
