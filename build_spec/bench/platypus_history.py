"""The support history through reportlab's Platypus, as one would write it there: what we measure by."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.domain.calendar import fiscal_year_term, wareki, wareki_short
from app.domain.terms import Mark, PersonSide
from app.reports.content import History, Visit
from app.reports.documents.profile import day_and_hours, homework_text, next_visit

GREY = Color(0.93, 0.93, 0.93)
GROUPS = ((Mark.DECISION, "決定"), (Mark.ISSUE, "課題"), (Mark.FACT, "事実"), (None, "その他の記録"))


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles, with the fonts registered once."""
    for name in ("Regular", "Bold"):
        with as_file(files("resources").joinpath("fonts", f"BIZUDGothic-{name}.ttf")) as path:
            registerFont(TTFont(f"Biz{name}", str(path)))
    return {
        "title": ParagraphStyle("title", fontName="BizBold", fontSize=18, leading=24, wordWrap="CJK"),
        "body": ParagraphStyle("body", fontName="BizRegular", fontSize=10, leading=16, wordWrap="CJK"),
        "label": ParagraphStyle("label", fontName="BizBold", fontSize=9, leading=14, wordWrap="CJK"),
    }


def platypus_history(content: History) -> bytes:
    """The same pages, laid out by Platypus."""
    look = styles()
    story = [
        Paragraph(content.name, look["title"]),
        Paragraph(f"対象期間　{wareki(content.since)}～{wareki(content.until)}", look["body"]),
        Paragraph(f"記録件数　{len(content.visits)}件", look["body"]),
        profile(content),
    ]
    for visit in content.visits:
        story += [Spacer(1, 7), card(visit)]
    sink = BytesIO()
    template = SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=25 * mm - 6,
        rightMargin=15 * mm - 6,
        topMargin=24 * mm - 6,
        bottomMargin=20 * mm - 6,
        initialFontName="BizRegular",
    )

    def frame(canvas: Canvas, _: object) -> None:
        put_frame(canvas, content)

    template.build(story, onFirstPage=frame, onLaterPages=frame)
    return sink.getvalue()


def profile(content: History) -> Table:
    """Who the company is."""
    company = content.company
    rows = (
        ("企業名", company.name, "法人番号", company.corporate_number),
        ("代表者", company.representative, "業種", company.industry),
        ("所在地", company.address, "従業員数", f"{company.employees}人"),
    )
    return boxes([[cell(text, number) for number, text in enumerate(row)] for row in rows], (20, 65, 20, 65))


def card(visit: Visit) -> Table:
    """One visit."""
    people = "　".join(f"（{side.term}）{visit.names(side)}" for side in PersonSide if visit.names(side))
    rows = [("出席", [people]), ("目的", [visit.purpose])]
    rows += [(label, [line.text for line in visit.marked(mark)]) for mark, label in GROUPS[:3]]
    rows += [("宿題", [homework_text(item) for item in visit.homework])]
    rows += [(GROUPS[3][1], [line.text for line in visit.marked(None)]), ("次回", [next_visit(visit)])]
    when = f"No.{visit.number}　{day_and_hours(visit.on, visit.starts, visit.ends)}"
    band = [cell(f"{when}　{visit.method.term}　{visit.location}", 0), ""]
    body = [[cell(label, 0), [cell(f"・{text}", 1) for text in texts]] for label, texts in rows if texts]
    return boxes([band, *body], (20, 150), band=True)


def cell(text: str, column: int) -> Paragraph:
    """A label in even columns, a value in odd ones."""
    return Paragraph(escape(text), styles()["body" if column % 2 else "label"])


def boxes(rows: list[list[object]], widths_mm: tuple[float, ...], *, band: bool = False) -> Table:
    """A table with grey label columns."""
    look = [
        ("BOX", (0, 0), (-1, -1), 0.6, Color(0, 0, 0)),
        ("INNERGRID", (0, 0), (-1, -1), 0.25, Color(0.55, 0.55, 0.55)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *(("BACKGROUND", (number, 0), (number, -1), GREY) for number in range(0, len(widths_mm), 2)),
    ]
    if band:
        look += [("SPAN", (0, 0), (-1, 0)), ("BACKGROUND", (0, 0), (-1, 0), GREY)]
    return Table(rows, [width * mm for width in widths_mm], style=TableStyle(look), splitInRow=1)


def put_frame(canvas: Canvas, content: History) -> None:
    """Header and footer."""
    imprint, company = content.imprint, content.company
    canvas.setFont("BizRegular", 8)
    canvas.drawString(25 * mm, 283 * mm, f"{content.name}　{company.name}")
    canvas.drawRightString(170 * mm, 283 * mm, f"{imprint.region}　{fiscal_year_term(imprint.fiscal_year)}")
    canvas.setFont("BizBold", 9)
    canvas.drawRightString(193 * mm, 283 * mm, imprint.confidentiality.term)
    canvas.line(25 * mm, 280 * mm, 195 * mm, 280 * mm)
    canvas.line(25 * mm, 14 * mm, 195 * mm, 14 * mm)
    canvas.setFont("BizRegular", 7.5)
    canvas.drawString(25 * mm, 10.6 * mm, f"{company.name}　法人番号 {company.corporate_number}")
    canvas.drawCentredString(110 * mm, 10.6 * mm, str(canvas.getPageNumber()))
    printed = f"{wareki_short(imprint.printed_at.date())} {imprint.printed_at:%H:%M}　{imprint.printed_by}"
    canvas.drawRightString(195 * mm, 10.6 * mm, f"第{imprint.edition}版　{printed}")
