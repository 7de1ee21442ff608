"""Widgets that several screens need."""
