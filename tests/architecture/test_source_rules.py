from collections.abc import Callable, Iterator

import pytest

from tests.architecture import source_rules as rules
from tests.architecture.sources import Source, modules

Rule = Callable[[Source], Iterator[str]]
RULES = (
    rules.replaces_rows,
    rules.maps_relationships,
    rules.styles_one_widget,
    rules.names_a_colour,
    rules.turns_the_event_loop,
    rules.finds_data_by_path,
)


@pytest.mark.parametrize("rule", RULES)
def test_the_program_keeps_every_rule(rule: Rule) -> None:
    told = [line for source in modules() for line in rule(source)]
    assert not told, f"{rule.__doc__}\n" + "\n".join(told)


@pytest.mark.parametrize(
    ("rule", "module", "text"),
    [
        (rules.replaces_rows, "db.store", "run('insert or\\n replace INTO cell VALUES (1)')"),
        (rules.replaces_rows, "db.store", "run(f'REPLACE INTO cell VALUES ({no})')"),
        (rules.maps_relationships, "db.models.plans", "items = orm.relationship('ActionItem')"),
        (rules.maps_relationships, "db.models.plans", "Column('company_id', ForeignKey('company.id'))"),
        (rules.styles_one_widget, "ui.widgets.toast", "self.label.setStyleSheet('font-weight: bold')"),
        (rules.styles_one_widget, "ui.widgets.toast", "self.label().setStyleSheet('')"),
        (rules.names_a_colour, "ui.widgets.toast", "pen = '#1f6feb'"),
        (rules.names_a_colour, "ui.widgets.toast", "pen = f'color: #abc; {rest}'"),
        (rules.names_a_colour, "ui.widgets.toast", "pen = QColor(12, 34, 56)"),
        (rules.names_a_colour, "ui.widgets.toast", "pen = QColor('red')"),
        (rules.names_a_colour, "ui.widgets.toast", "pen = Qt.GlobalColor.red"),
        (rules.turns_the_event_loop, "ui.tasks", "QApplication.processEvents()"),
        (rules.turns_the_event_loop, "ui.tasks", "QApplication.instance().processEvents()"),
        (rules.turns_the_event_loop, "ui.tasks", "self._thread.terminate()"),
        (rules.finds_data_by_path, "app.reports.fonts", "here = Path(__file__).parent"),
    ],
)
def test_a_broken_rule_is_told(rule: Rule, module: str, text: str) -> None:
    assert list(rule(Source(module, text))) == [f"{module}:1"]


@pytest.mark.parametrize(
    ("rule", "module", "text"),
    [
        (rules.replaces_rows, "db.store", "run('INSERT INTO cell VALUES (1) ON CONFLICT DO UPDATE')"),
        (rules.styles_one_widget, "ui.theme.stylesheet", "application.setStyleSheet(text)"),
        (rules.names_a_colour, "ui.theme.palette", "black = '#000000'"),
        (rules.names_a_colour, "ui.widgets.toast", "text = '議題 #12 を開く'; pen = QColor(self._text)"),
    ],
)
def test_a_kept_rule_is_not_told(rule: Rule, module: str, text: str) -> None:
    assert not list(rule(Source(module, text)))
