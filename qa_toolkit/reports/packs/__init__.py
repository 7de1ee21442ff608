"""Packs, each laid out from one set of figures narrowed to its reader; none of them counts or reads the record."""
