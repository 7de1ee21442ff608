"""What holds for the whole suite.

What is loaded stays until the end, so it is not looked through for garbage again and again: a fifth of all the time.

Property tests draw the same examples each time, so that a red run means a change and not a throw of the dice.
`HYPOTHESIS_PROFILE=explore pytest` draws new ones, and more of them: worth doing before a release.
"""

from __future__ import annotations

import gc
import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    """All modules are loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
