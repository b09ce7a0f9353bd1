"""Pictures of files: read in memory, small ones for the list; never a file of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

SMALL: Final = QSize(192, 144)
_QUALITY: Final = 80
_MOST_PIXELS_MB: Final = 256


def picture_of(content: bytes, most: QSize) -> QImage:
    """The picture turned as it was taken and no larger than `most`; null where Qt cannot read it."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MOST_PIXELS_MB)
    whole = reader.size()
    if whole.isValid() and (whole.width() > 2 * most.width() or whole.height() > 2 * most.height()):
        # A telephone's photo is read at a fraction of its size, which is much faster; the rest is done below.
        reader.setScaledSize(whole.scaled(most * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    picture = reader.read()
    if picture.isNull() or (picture.width() <= most.width() and picture.height() <= most.height()):
        return picture
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(most, ratio, smooth)


def small_picture(content: bytes) -> bytes:
    """A JPEG for the list; empty where Qt cannot read it."""
    picture = picture_of(content, SMALL)
    if picture.isNull():
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return bytes(data.data())


@lru_cache(maxsize=512)
def shown_small(picture: bytes) -> QImage | None:
    """The small picture of a row as it is painted, None for none."""
    image = QImage.fromData(picture) if picture else QImage()
    return None if image.isNull() else image
