"""The shipped Word template, made by program so that each choice in it can be read and reviewed.

`python -m qa_toolkit.reports.layout.word_look` writes it anew into the package. A partnership changes its copy in Word.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

INK = RGBColor(0x1F, 0x3A, 0x5F)
QUIET = RGBColor(0x55, 0x55, 0x55)
TEXT_CM = 17.0
CELL_STYLE = "QA Cell"
"""How words in a table look; the style of running text would go before what a table's own style says."""
_ABOUT = (
    "{% if audience %}For: {{ audience }} · {% endif %}As at {{ as_at }} · version {{ version }} · record {{ head }}"
)
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 — Word's properties carry no offset

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="QATable">
  <w:name w:val="QA Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:color="1F3A5F"/><w:bottom w:val="single" w:sz="8" w:color="1F3A5F"/>
    <w:insideH w:val="single" w:sz="4" w:color="BFC7D1"/>
  </w:tblBorders></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F3A5F"/></w:tcPr></w:tblStylePr>
</w:style>"""


def build(out: Path) -> None:
    """Write the template to `out`."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.9)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, size, before, after in (
        ("Normal", 10.5, 0, 5), ("Title", 20, 0, 4), ("Heading 1", 15, 13, 4), ("Heading 2", 12.5, 9, 3),
        ("Heading 3", 10.5, 8, 3), ("List Bullet", 10.5, 0, 2), ("Intense Quote", 10.5, 6, 8), ("Subtitle", 12, 0, 4),
    ):  # fmt: skip
        style = styles[name]
        style.font.size = Pt(size)
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        if name in ("Normal", "List Bullet"):
            spacing.line_spacing = 1.08
        _one_font(style)
        if name not in ("Normal", "List Bullet"):
            style.font.color.rgb = INK
    for name in ("Subtitle", "Intense Quote"):
        styles[name].font.italic = styles[name].font.bold = False
        for spaced in styles[name].element.iter(qn("w:spacing")):
            # Letters set apart are harder to read; the spacing of lines has other attributes.
            spaced.attrib.pop(qn("w:val"), None)
    _as_note(styles["Intense Quote"])
    styles.element.append(parse_xml(_TABLE_STYLE))
    cell = styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    cell.font.size = Pt(9)
    spacing = cell.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(1.5), Pt(1.5), 1.0
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("{{ subtitle }}", "Subtitle")
    _small(document.add_paragraph(_ABOUT))
    document.add_paragraph("{{ content }}")
    header = _small(section.header.paragraphs[0])
    header.add_run("{{ marking }}").bold = True
    header.add_run("\t{{ title }}")
    footer = _small(section.footer.paragraphs[0])
    footer.add_run("{{ marking }} · as at {{ as_at }} · record {{ head }}\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for paragraph in (header, footer):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), QUIET
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
        # The style's own tab in the middle of the line would catch the text before the right edge.
        paragraph.style = styles["Normal"]
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Paper", "", ""
    properties.created = properties.modified = MADE
    properties.language = "en-GB"
    document.save(str(out))


def _as_note(style: object) -> None:
    """A pale band with a bar at its left, as a note has in HTML and PDF."""
    format_ = style.paragraph_format  # type: ignore[attr-defined]
    format_.left_indent = format_.right_indent = Cm(0.2)
    properties = style.element.get_or_add_pPr()  # type: ignore[attr-defined]
    for name in ("w:pBdr", "w:shd"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" w:color="2F5D8C"/></w:pBdr>'
    band = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F3F6FA"/>'
    # Where they stand among the properties is fixed: after what keeps lines together, before the spacing.
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(parse_xml(bar))
    spacing.addprevious(parse_xml(band))


def _one_font(style: object) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), "Arial")


def _small(paragraph: Paragraph) -> Paragraph:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(9.5), QUIET
    return paragraph


def _field(paragraph: Paragraph, code: str) -> None:
    # A run for each mark: readers other than Word take their look from the run that the number stands in.
    for kind in ("begin", "", "separate", "number", "end"):
        run = paragraph.add_run()
        if kind == "number":
            run.text = "1"
        elif kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._element.append(element)
        else:
            element = OxmlElement("w:instrText")
            element.text = code
            run._element.append(element)


if __name__ == "__main__":
    build(Path(__file__).parent / "word_templates" / "paper.docx")
