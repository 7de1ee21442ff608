"""How a page of HTML looks, on a screen and on paper: one style sheet, with no fonts or pictures of its own."""

from __future__ import annotations

from typing import Final

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
nav ol {{ columns: 2; padding-left: 1.2rem; font-size: .9375rem; }}
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
@media print {{
  @page {{ size: A4; margin: 18mm 16mm; }}
  body {{ max-width: none; padding: 0; font-size: 10.5pt; }}
  nav, .skip {{ display: none; }}
  h2, h3, h4, figcaption {{ break-after: avoid; }}
  tr, figure, .note {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  .scroll {{ overflow: visible; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""
