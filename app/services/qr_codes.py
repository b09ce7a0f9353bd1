"""A text as a QR code: squares for a screen to paint."""

from __future__ import annotations

QrSquares = tuple[tuple[bool, ...], ...]
"""Row by row, True for dark; without the quiet zone of four squares around."""


def qr_squares(text: str) -> QrSquares:
    """The code of a text of the alphanumeric kind, such as an invitation; it reads with a quarter spoilt."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # paper's library, late

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, at)) for at in range(side)) for row in range(side))
