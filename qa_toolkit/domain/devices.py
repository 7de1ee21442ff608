"""Names that no file may have on some machine."""

DEVICES = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{d}{n}" for d in ("COM", "LPT") for n in range(10)})
"""Windows takes these names for machines, whatever follows the dot."""
