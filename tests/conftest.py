"""Tests leave no trace in the user's own cache; properties have a quick and a long profile.

`long` is `make fuzz`: the tests by Hypothesis alone, DOCGEN_TIMES as many examples each, no more of
them once DOCGEN_SECONDS are over.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import is_hypothesis_test, settings

os.environ["DOCGEN_CACHE"] = ""
settings.register_profile("quick", deadline=None)
settings.register_profile("long", deadline=None, print_blob=True)
LONG = os.environ.get("DOCGEN_TIMES")
END = time.monotonic() + float(os.environ.get("DOCGEN_SECONDS", "inf"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not LONG:
        return
    kept = [one for one in items if is_hypothesis_test(getattr(one, "obj", None))]
    for function in {getattr(one.obj, "__func__", one.obj) for one in kept}:  # type: ignore[attr-defined]
        own = function._hypothesis_internal_use_settings
        many = settings(own, max_examples=own.max_examples * int(LONG), derandomize=False)
        function._hypothesis_internal_use_settings = many
    config.hook.pytest_deselected(items=[one for one in items if one not in kept])
    items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    if time.monotonic() > END:
        pytest.skip("no time left")
    return (yield)
