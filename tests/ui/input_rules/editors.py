"""Text widgets found by walking the widget tree, read and driven alike whatever their kind."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Editor = QLineEdit | QTextEdit | QPlainTextEdit


def editors(window: QWidget) -> Iterator[Editor]:
    """All that a person can type Japanese into now; the input method is off in passphrases only."""
    for kind in (QLineEdit, QTextEdit, QPlainTextEdit):
        for editor in window.findChildren(kind):
            is_hidden = isinstance(editor, QLineEdit) and editor.echoMode() is not QLineEdit.EchoMode.Normal
            if editor.isVisible() and editor.isEnabled() and not editor.isReadOnly() and not is_hidden:
                yield editor


def text_of(editor: Editor) -> str:
    """What stands in it."""
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def caret_of(editor: Editor) -> int:
    """Where the caret is."""
    return editor.cursorPosition() if isinstance(editor, QLineEdit) else editor.textCursor().position()


def name_of(editor: Editor) -> str:
    """How a failure names it."""
    name = editor.accessibleName() or editor.objectName() or editor.placeholderText()
    return f"{type(editor).__name__} {name}"


def candidates_at(editor: Editor) -> QRectF:
    """Where the input method is told that the caret is, in the widget's own coordinates."""
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImCursorRectangle)
    QCoreApplication.sendEvent(editor, query)
    return QRectF(query.value(Qt.InputMethodQuery.ImCursorRectangle))
