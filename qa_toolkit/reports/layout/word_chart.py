"""A chart as Word's own: drawn by Word from the numbers in it, with the words that stand for it. Fetches nothing."""

from __future__ import annotations

from html import escape
from typing import Final

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from qa_toolkit.domain.text import visible
from qa_toolkit.reports.layout.document import Bar, Chart
from qa_toolkit.sheets.tones import BARS, INK, SOFT, TONES

_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DRAWING: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def add_chart(word: WordDocument, paragraph: Paragraph, chart: Chart, number: int, width: Length) -> None:
    """Put the chart into the paragraph; `number` is its own among the document's charts, from 1."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = PackagePart(name, _TYPE, _chart(chart).encode("utf-8"), word.part.package)
    link = word.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = Cm(1.4 + 0.52 * len(chart.bars))
    words = f'"{_text(chart.alternative)}"'
    # Ids of drawings are the document's own; those of pictures are counted from 1 by python-docx.
    drawing = parse_xml(
        f'<w:drawing {_DRAWING} {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{9000 + number}" name="Chart {number}" descr={words}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    paragraph.add_run()._element.append(drawing)


def _chart(chart: Chart) -> str:
    title = f"{chart.title} ({chart.unit})"
    points = "".join(_point(place, bar) for place, bar in enumerate(chart.bars))
    labels = "".join(f'<c:pt idx="{n}"><c:v>{_text(b.label)}</c:v></c:pt>' for n, b in enumerate(chart.bars))
    values = "".join(f'<c:pt idx="{n}"><c:v>{b.value}</c:v></c:pt>' for n, b in enumerate(chart.bars))
    count = f'<c:ptCount val="{len(chart.bars)}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}>'
        '<c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_look(1100, INK, bold=True)}</a:pPr>"
        f'<a:r><a:rPr lang="en-GB"/><a:t>{_text(title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>{_text(chart.unit)}</c:v></c:tx>'
        f'<c:invertIfNegative val="0"/>{points}'
        f"<c:dLbls>{_words(INK, bold=True)}"
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strLit>{count}{labels}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
        '<c:gapWidth val="45"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        # Top to bottom as in the table, and the numbers from nought, or the lengths of the bars lie.
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_words(INK)}<c:crossAx val="2"/>'
        "</c:catAx>"
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="0" sourceLinked="0"/>{_words(SOFT)}'
        '<c:crossAx val="1"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )


def _point(place: int, bar: Bar) -> str:
    fill, edge = BARS[bar.tone].lstrip("#"), TONES[bar.tone][1].lstrip("#")
    return (
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{edge}"/></a:solidFill></a:ln></c:spPr></c:dPt>'
    )


def _words(colour: str, *, bold: bool = False) -> str:
    look = _look(1000, colour, bold=bold)
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'


def _look(size: int, colour: str, *, bold: bool = False) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill><a:latin typeface="Arial"/>'
    return f'<a:defRPr sz="{size}" b="{int(bold)}">{fill}</a:defRPr>'


def _text(words: str) -> str:
    return escape(visible(" ".join(words.split())))
