"""Multi-agency case-file audits for safeguarding children partnerships, in the terminal."""

import os

__version__ = "0.1.0"

# pydantic would look through every installed package for plugins, which costs each start 10 ms and lets strangers in.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
