"""Bodies of merged provinces and of the district level are out of date from 1 July 2025."""

from __future__ import annotations

import datetime

import pytest

from bulletin.glossary.layers import load_glossary
from bulletin.glossary.matcher import Matcher

BEFORE, AFTER = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


@pytest.fixture(scope="module")
def matchers() -> dict[datetime.date | None, Matcher]:
    glossary = load_glossary()
    return {date: Matcher(glossary, "vna", date) for date in (None, BEFORE, AFTER)}


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch UBND tỉnh Hà Giang",
        "Bí thư Tỉnh ủy Bà Rịa - Vũng Tàu",
        "Tỉnh uỷ Hòa Bình",
        "HĐND tỉnh Yên Bái",
        "UBND huyện Sóc Sơn",
        "Bí thư Huyện ủy Sóc Sơn",
        "Quận ủy Ba Đình",
        "Chủ tịch UBND thị xã Sơn Tây",
    ],
)
def test_what_is_no_more_is_out_of_date(matchers: dict[datetime.date | None, Matcher], text: str) -> None:
    for date, matcher in matchers.items():
        (match,) = matcher.match(text)
        assert match.source == text
        assert match.status == ("expired" if date == AFTER else "")


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch UBND tỉnh Tuyên Quang",
        "Tỉnh ủy Lào Cai",
        "UBND xã Sóc Sơn",
        "UBND phường Hà Giang",
        "UBND thành phố Đà Nẵng",
        "nguyên Chủ tịch UBND tỉnh Hà Giang",
        "Chủ tịch UBND tỉnh Hà Giang (cũ)",
        "Chủ tịch UBND huyện Sóc Sơn (cũ)",
    ],
)
def test_what_remains_or_is_told_of_the_past_holds(
    matchers: dict[datetime.date | None, Matcher], text: str
) -> None:
    assert {match.status for match in matchers[AFTER].match(text)} <= {""}
    assert matchers[AFTER].match(text)
