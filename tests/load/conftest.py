"""Properties are tried on the same texts every time; DOCGEN_EXAMPLES asks for more of them."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile(
    "load",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("DOCGEN_EXAMPLES", "100")),
)
settings.load_profile("load")
