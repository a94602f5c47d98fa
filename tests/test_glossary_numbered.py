"""Congresses, plenums, sessions and tenures: whatever the number, the words round it decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.glossary.entry import Entry
from bulletin.glossary.layers import make_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.numbered import english_ordinal


def entry(vi: str, en: str, kind: str = "institution") -> Entry:
    return Entry(id=vi, vi=vi, english={"vna": en}, kind=kind)


MATCHER = Matcher(
    make_glossary(
        [
            entry("Quốc hội", "the National Assembly"),
            entry("đại biểu Quốc hội", "National Assembly deputy", "title"),
            entry("Ban Chấp hành Trung ương Đảng", "the Party Central Committee"),
            entry("Ủy viên Trung ương Đảng", "member of the Party Central Committee", "title"),
            entry("Ủy ban Thường vụ Quốc hội", "the National Assembly Standing Committee"),
            entry("Công đoàn Việt Nam", "the Vietnam Trade Unions", "organisation"),
            entry("An Giang", "An Giang", "place"),
        ]
    )
)


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Đại hội XIII", "the 13th National Party Congress"),
        ("Đại hội XIII của Đảng", "the 13th National Party Congress"),
        ("Đại hội Đảng lần thứ XIII", "the 13th National Party Congress"),
        ("Đại hội Đảng toàn quốc lần thứ 13", "the 13th National Party Congress"),
        (
            "Đại hội đại biểu toàn quốc lần thứ VI của Đảng Cộng sản Việt Nam",
            "the sixth National Party Congress",
        ),
        ("Đại hội XIII Công đoàn Việt Nam", "the 13th Congress of the Vietnam Trade Unions"),
        (
            "Đại hội đại biểu Đảng bộ tỉnh An Giang lần thứ XI",
            "the 11th Congress of the An Giang provincial Party Organisation",
        ),
        ("Hội nghị Trung ương 8 khóa XIII", "the eighth plenum of the 13th Party Central Committee"),
        ("Hội nghị Trung ương 8", "the eighth plenum of the Party Central Committee"),
        (
            "Hội nghị lần thứ mười một Ban Chấp hành Trung ương Đảng (khoá XIII)",
            "the 11th plenum of the 13th Party Central Committee",
        ),
        (
            "Nghị quyết Trung ương 4 khóa XII",
            "the resolution of the fourth plenum of the 12th Party Central Committee",
        ),
        ("Quốc hội khóa XV", "the 15th National Assembly"),
        ("đại biểu Quốc hội khóa XV", "deputies to the 15th National Assembly"),
        ("Ban Chấp hành Trung ương Đảng khóa XIII", "the 13th Party Central Committee"),
        ("Ủy viên Trung ương Đảng, khóa X", "member of the 10th Party Central Committee"),
        ("HĐND tỉnh An Giang khóa X", "the 10th An Giang provincial People's Council"),
        ("Kỳ họp thứ 6", "the sixth session"),
        ("Kỳ họp thứ sáu, Quốc hội khóa XV", "the sixth session of the 15th National Assembly"),
        ("Kỳ họp bất thường lần thứ nhất", "the first extraordinary session"),
        (
            "phiên họp thứ 27 của Ủy ban Thường vụ Quốc hội",
            "the 27th meeting of the National Assembly Standing Committee",
        ),
    ],
)  # fmt: skip
def test_numbered_terms(vietnamese: str, english: str) -> None:
    (match,) = MATCHER.match(vietnamese)
    assert match.source == vietnamese
    assert ("the " if match.article else "") + match.target == english


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("đại biểu Quốc hội khóa XIV Nguyễn Văn An", ["đại biểu Quốc hội khóa XIV"]),
        ("Đại hội của Đảng", []),
        ("Đại hội lần thứ 3 của hội", []),
        ("Đại hội thể thao 2025", []),
        ("Hội nghị lần thứ hai", []),
        ("Quốc hội khóa mới", ["Quốc hội"]),
        ("kỳ họp này", []),
        ("khóa", []),
        ("đại hội", []),
        ("Kỳ họp thứ", []),
    ],
)
def test_what_has_no_number_is_left(text: str, sources: list[str]) -> None:
    assert [match.source for match in MATCHER.match(text)] == sources


def test_a_named_deputy_is_one_and_others_are_several() -> None:
    (match,) = MATCHER.match("đại biểu Quốc hội khóa XIV Nguyễn Văn An")
    assert match.target == "deputy to the 14th National Assembly"
    assert "deputies to the 14th National Assembly" in match.accepted


@given(st.integers(1, 99))
def test_ordinals_end_as_english_does(number: int) -> None:
    said = english_ordinal(number)
    if number < 10:
        assert said.isalpha()
    else:
        assert said.startswith(str(number))
        expected = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        assert said.removeprefix(str(number)) == expected


@given(st.integers(1, 39), st.booleans())
def test_roman_and_arabic_numbers_are_one(number: int, roman: bool) -> None:
    tens, ones = divmod(number, 10)
    spelt = (
        "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
        if roman
        else str(number)
    )
    (match,) = MATCHER.match(f"Quốc hội khóa {spelt}")
    assert match.target == f"{english_ordinal(number)} National Assembly"
