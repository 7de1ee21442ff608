"""How a page of HTML looks, on a screen and on paper: one style sheet, with no fonts or pictures of its own."""

from __future__ import annotations

from typing import Final

from qa_toolkit.domain.text import visible
from qa_toolkit.sheets.tones import ACCENT, HEAD, INK, LINE, SOFT, TONES

_TONES = "\n".join(f".tone.{tone.value} {{ background: {fill}; color: {ink}; }}" for tone, (fill, ink) in TONES.items())

STYLE: Final = f"""\
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; max-width: 56rem; padding: 1.5rem; background: #FFFFFF; color: {INK};
  font: 1rem/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }}
h1, h2, h3, h4 {{ color: {HEAD}; line-height: 1.25; margin: 1.6em 0 .4em; }}
h1 {{ font-size: 1.9rem; margin-top: .2em; }}
h2 {{ font-size: 1.4rem; border-bottom: 1px solid {LINE}; padding-bottom: .2em; }}
h3 {{ font-size: 1.15rem; }}
h4 {{ font-size: 1rem; }}
p, ul {{ margin: .5em 0; max-width: 46rem; }}
li {{ margin: .25em 0; }}
a {{ color: {ACCENT}; }}
a:focus-visible, .scroll:focus-visible {{ outline: 3px solid {ACCENT}; outline-offset: 2px; }}
.marking {{ font-weight: bold; letter-spacing: .03em; margin: 0; }}
.subtitle {{ font-size: 1.15rem; color: {SOFT}; margin: 0; }}
.about, footer {{ font-size: .875rem; color: {SOFT}; }}
header {{ border-bottom: 3px solid {HEAD}; padding-bottom: .5rem; }}
footer {{ border-top: 1px solid {LINE}; margin-top: 2.5rem; }}
nav ol {{ columns: 2; padding-left: 1.8rem; font-size: .9375rem; }}
.note {{ border-left: 4px solid {ACCENT}; background: #F3F6FA; padding: .1rem 1rem; margin: 1em 0; }}
.scroll {{ overflow-x: auto; margin: 1em 0; }}
table {{ border-collapse: collapse; width: 100%; font-size: .9375rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid {LINE};
  overflow-wrap: break-word; }}
thead th {{ background: {HEAD}; color: #FFFFFF; }}
tbody th {{ font-weight: normal; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
.tone {{ font-weight: bold; padding: .05rem .4rem; border-radius: .2rem; }}
{_TONES}
figure {{ margin: 1.2em 0; }}
figcaption {{ font-weight: bold; color: {HEAD}; margin-bottom: .3em; }}
.unit {{ font-weight: normal; color: {SOFT}; }}
svg, img {{ max-width: 100%; height: auto; }}
.heard {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
.skip {{ position: absolute; left: -999rem; }}
.skip:focus {{ left: 1rem; background: #FFFFFF; padding: .5rem; }}
.kept {{ white-space: nowrap; }}
@media screen and (max-width: 40rem) {{
  body {{ padding: 1rem; }}
  h1 {{ font-size: 1.5rem; }}
  nav ol {{ columns: 1; }}
  .scroll table:not(.words) {{ min-width: 100%; width: max-content; }}
  .scroll table:not(.words) tbody th {{ min-width: 8rem; max-width: 11rem; }}
  .scroll table:not(.words) th {{ max-width: 6rem; }}
  .words, .words tbody, .words tr, .words td, .words tbody th {{ display: block; width: auto; }}
  .words thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  .words tr {{ border: 1px solid {LINE}; border-left: 4px solid {HEAD}; margin: .7rem 0; padding: .3rem 0; }}
  .words td, .words tbody th {{ border: 0; padding: .2rem .8rem; text-align: left; }}
  .words tbody th {{ font-weight: bold; color: {HEAD}; }}
  .words td:empty {{ display: none; }}
  .words td::before {{ content: attr(data-name); display: block; font-size: .8125rem; color: {SOFT}; }}
}}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10pt; line-height: 1.3; }}
  h1 {{ font-size: 20pt; }}
  h2 {{ font-size: 14pt; margin-top: 1em; }}
  h3 {{ font-size: 12.5pt; margin-top: 1em; }}
  header {{ padding-bottom: .1rem; }}
  header .marking {{ display: none; }}
  .note {{ padding: 0 .8rem; margin: .5em 0; }}
  p, ul {{ margin: .35em 0; }}
  p, li {{ max-width: none; orphans: 3; widows: 3; }}
  li {{ margin: .1em 0; }}
  table {{ font-size: 9pt; line-height: 1.25; }}
  th, td {{ padding: .15rem .35rem; }}
  .scroll, figure {{ margin: .6em 0; }}
  svg {{ max-height: 55mm; }}
  nav, .skip, footer {{ display: none; }}
  h1, h2, h3, h4, figcaption, .leads {{ break-after: avoid; }}
  tr, figure, .note, .together {{ break-inside: avoid; }}
  thead {{ display: table-header-group; break-after: avoid; }}
  tbody tr:first-child {{ break-before: avoid; }}
  .scroll {{ overflow: visible; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""


def on_each_page(marking: str, title: str, as_at: str) -> str:
    """The rule that prints the marking, the title, the moment and the page's number at the edges of each sheet."""
    look = f'font: 8.5pt Arial, "Liberation Sans", Helvetica, sans-serif; color: {SOFT};'
    return (
        "@page { size: A4; margin: 20mm 18mm 18mm;\n"
        f"  @top-left {{ content: {_string(marking)}; {look} font-weight: bold; }}\n"
        f"  @top-right {{ content: {_string(title)}; {look} }}\n"
        f"  @bottom-left {{ content: {_string(f'{marking} · {as_at}')}; {look} }}\n"
        f'  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {look} }}\n}}\n'
    )


def _string(typed: str) -> str:
    """Text as a string of a style sheet; only letters, digits and a few marks stand for themselves."""
    shown = visible(" ".join(typed.split()))
    return '"' + "".join(c if c.isalnum() or c in " .,:·’-" else f"\\{ord(c):x} " for c in shown) + '"'
