"""Multi-agency case-file audits for safeguarding children partnerships, in the terminal."""

__version__ = "0.1.0"
