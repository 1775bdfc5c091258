"""Nothing takes longer than what is paid for it: a function that lacks a price is found here."""

from __future__ import annotations

from tests.language.prices import too_cheap


def test_every_act_of_the_language_pays_for_the_time_it_takes() -> None:
    assert too_cheap(150_000, seconds=60) == []
