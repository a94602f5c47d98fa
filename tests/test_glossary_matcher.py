"""Matching: leftmost-longest on syllables, capitals, dates, and offsets that hold."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.glossary.entry import CasePolicy, Entry, TermMatch
from bulletin.glossary.layers import make_glossary
from bulletin.glossary.matcher import Matcher, without_article
from bulletin.glossary.tokens import split, tokenize


def entry(vi: str, en: str, **more: object) -> Entry:
    fields = {"id": en, "vi": vi, "english": {"vna": en}, "kind": "institution"} | more
    return Entry(**fields)  # type: ignore[arg-type]


def matched(
    entries: list[Entry], text: str, date: datetime.date | None = None, style: str = "vna"
) -> tuple[TermMatch, ...]:
    matches = Matcher(make_glossary(entries), style, date).match(text)
    for match in matches:
        assert match.source == text[match.start : match.end]
    return matches


def sources(entries: list[Entry], text: str) -> list[str]:
    return [match.source for match in matched(entries, text)]


POLITBURO = entry("Bộ Chính trị", "the Politburo")
MEMBER = entry("Ủy viên Bộ Chính trị", "Politburo member", kind="title", plural="Politburo members")
PARTY = entry("Đảng", "the Party", kind="organisation", case=CasePolicy.EXACT)
EDUCATION = entry("Bộ Giáo dục và Đào tạo", "the Ministry of Education and Training", variants=("Bộ GD&ĐT",))
CITY = entry(
    "Thành phố Hồ Chí Minh", "Ho Chi Minh City", kind="place", variants=("TP.HCM", "TP. Hồ Chí Minh")
)
SOCIO = entry("kinh tế - xã hội", "socio-economic", kind="phrase")
PEACE = entry("Hòa Bình", "Hoa Binh", kind="place")


def test_the_longest_term_covers_the_one_inside_it() -> None:
    text = "Đồng chí Ủy viên Bộ Chính trị làm việc với Bộ Chính trị."
    assert [match.target for match in matched([POLITBURO, MEMBER], text)] == ["Politburo member", "Politburo"]


def test_nested_terms_are_there_for_those_who_ask() -> None:
    matcher = Matcher(make_glossary([POLITBURO, MEMBER]))
    found = [match.source for match in matcher.matches_nested("Ủy viên Bộ Chính trị")]
    assert found == ["Ủy viên Bộ Chính trị", "Bộ Chính trị"]


def test_a_longer_term_that_stops_short_gives_way_to_the_shorter() -> None:
    entries = [POLITBURO, entry("Bộ Chính trị Trung ương Đảng", "the Politburo of the Party")]
    assert sources(entries, "Bộ Chính trị Trung ương nêu rõ") == ["Bộ Chính trị"]


def test_the_article_is_kept_apart_and_further_forms_stand_bare() -> None:
    entries = [
        entry(
            "Quốc hội", "the National Assembly", accepted=("the Assembly",), forbidden=("the Congress",),
            short="NA", plural="National Assemblies",
        )
    ]  # fmt: skip
    (match,) = matched(entries, "Quốc hội họp.")
    assert (match.target, match.article) == ("National Assembly", True)
    assert match.accepted == ("Assembly", "National Assemblies", "NA")
    assert match.forbidden == ("Congress",)


def test_the_style_picks_the_form_and_falls_back() -> None:
    entries = [entry("Việt Nam", "Vietnam", english={"vna": "Vietnam", "mofa": "Viet Nam"}), POLITBURO]
    assert [match.target for match in matched(entries, "Việt Nam, Bộ Chính trị", style="mofa")] == [
        "Viet Nam",
        "Politburo",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ủy viên Bộ Chính trị", "Uỷ viên Bộ Chính trị", "ủy viên Bộ Chính trị", "ỦY VIÊN BỘ CHÍNH TRỊ",
        "Ủy viên  Bộ\nChính trị", "Ủy\u00a0viên Bộ Chính trị", "Ủy vi\u00adên Bộ Chính trị",
        unicodedata.normalize("NFD", "Ủy viên Bộ Chính trị"),
        "Ủy vi\u200bên Bộ Chính trị", "Ủy viên bộ chính trị",
    ],
)  # fmt: skip
def test_spellings_of_one_term_all_match_whole(text: str) -> None:
    (match,) = matched([MEMBER], f"Có {text}, sáng nay")
    assert match.source == text


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        ([EDUCATION], "Bộ GD-ĐT, Bộ GD&ĐT và Bộ GD & ĐT", ["Bộ GD-ĐT", "Bộ GD&ĐT", "Bộ GD & ĐT"]),
        ([CITY], "TP.HCM, TP HCM, TP. HCM, Tp.HCM", ["TP.HCM", "TP HCM", "TP. HCM", "Tp.HCM"]),
        ([SOCIO], "kinh tế-xã hội; kinh tế xã hội", ["kinh tế-xã hội", "kinh tế xã hội"]),
        ([SOCIO], "kinh tế – xã hội", ["kinh tế – xã hội"]),
        ([entry("quý tử", "x", kind="phrase")], "quí tử", ["quí tử"]),
        ([PARTY], "Đảng, đảng, Đảng.", ["Đảng", "Đảng"]),
        ([PARTY], "Đảngviên và Đảng_viên", []),
        ([PEACE], "tỉnh Hoà Bình vì hòa bình", ["Hoà Bình"]),
        ([entry("UBND", "People's Committee", case=CasePolicy.INITIAL)], "UBND Ubnd ubnd", ["UBND", "Ubnd"]),
        ([entry("Covid-19", "COVID-19", case=CasePolicy.ANY)], "COVID-19 covid 19", ["COVID-19", "covid 19"]),
        ([entry("Bí thư Tỉnh ủy", "x", kind="title")], "Bí thư tỉnh ủy", ["Bí thư tỉnh ủy"]),
        ([entry("Bộ Y tế", "x")], "cán bộ y tế của Bộ y tế và bộ Y tế", ["Bộ y tế", "bộ Y tế"]),
        ([POLITBURO], "Bộ Chính\n\ntrị", []),
        ([POLITBURO], "Bộ, Chính trị", []),
        ([], "Bộ Chính trị", []),
        ([POLITBURO], "", []),
    ],
)  # fmt: skip
def test_what_a_term_is_found_in(entries: list[Entry], text: str, expected: list[str]) -> None:
    assert sources(entries, text) == expected


def test_the_exact_capitals_decide_between_two_terms() -> None:
    entries = [entry("hòa bình", "peace", kind="phrase"), PEACE]
    assert [match.target for match in matched(entries, "Hòa Bình yêu hòa bình")] == ["Hoa Binh", "peace"]


OLD = entry("Ủy ban Kinh tế", "the Economic Committee", valid_to=datetime.date(2025, 2, 28))
NEW = entry("Ủy ban Kinh tế", "the Committee for Economic Affairs", valid_from=datetime.date(2025, 3, 1))


def test_the_date_picks_the_entry() -> None:
    for date, target in [
        (datetime.date(2025, 2, 28), "Economic Committee"),
        (datetime.date(2025, 3, 1), "Committee for Economic Affairs"),
        (None, "Committee for Economic Affairs"),
    ]:
        for entries in ([OLD, NEW], [NEW, OLD]):
            (match,) = matched(entries, "Ủy ban Kinh tế họp", date)
            assert (match.target, match.status) == (target, "")


def test_a_term_outside_its_dates_is_expired_unless_held_formerly() -> None:
    text = "Ủy ban Kinh tế; nguyên Ủy ban Kinh tế"
    found = matched([OLD], text, datetime.date(2026, 1, 1))
    assert [match.status for match in found] == ["expired", ""]
    assert {match.target for match in found} == {"Economic Committee"}
    assert [match.status for match in matched([OLD], text)] == ["", ""]


def test_two_englishes_at_one_date_are_ambiguous_with_the_rival_at_hand() -> None:
    entries = [entry("Ban Dân nguyện", "the Board A"), entry("Ban Dân nguyện", "the Board B")]
    (match,) = matched(entries, "Ban Dân nguyện")
    assert (match.target, match.accepted, match.status) == ("Board A", ("Board B",), "ambiguous")


def test_an_own_name_goes_before_another_entrys_variant() -> None:
    entries = [entry("Ban Bí thư Trung ương", "A", variants=("Ban Bí thư",)), entry("Ban Bí thư", "B")]
    (match,) = matched(entries, "Ban Bí thư")
    assert (match.target, match.status) == ("B", "")


def test_articles_are_taken_off_whole() -> None:
    assert without_article("the Party") == ("Party", True)
    assert without_article("theatre") == ("theatre", False)


SYLLABLES = st.sampled_from(
    "Bộ bộ Chính chính trị Trị Đảng ủy Ủy Uỷ viên hòa hoà Hòa Bình kỹ kĩ - , . & \u200b 19 TP".split()
)
SPACES = st.sampled_from([" ", "  ", "\n", "\u00a0", ""])


@given(st.lists(st.tuples(SYLLABLES, SPACES), max_size=25), st.booleans())
def test_matches_keep_order_and_offsets_and_never_overlap(
    pieces: list[tuple[str, str]], decomposed: bool
) -> None:
    text = "".join(syllable + space for syllable, space in pieces)
    if decomposed:
        text = unicodedata.normalize("NFD", text)
    matches = Matcher(make_glossary([POLITBURO, MEMBER, PARTY, PEACE])).match(text)
    end = 0
    for match in matches:
        assert end <= match.start < match.end <= len(text)
        assert match.source == text[match.start : match.end]
        assert not match.source[0].isspace()
        assert not match.source[-1].isspace()
        end = match.end


@given(st.lists(st.sampled_from(["Bộ Chính trị", "Ủy viên Bộ Chính trị", "Đảng"]), min_size=1, max_size=8))
def test_every_term_that_stands_alone_is_found(terms: list[str]) -> None:
    text = "; ".join(terms)
    assert sources([POLITBURO, MEMBER, PARTY], text) == terms


COUNTRIES = [
    entry(vi, en, kind="place", case=CasePolicy.EXACT)
    for vi, en in {"Anh": "the United Kingdom", "Pháp": "France", "Đức": "Germany", "Ý": "Italy"}.items()
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ tướng Anh thăm Pháp và Đức.", ["Anh", "Pháp", "Đức"]),
        ("Thủ tướng Đức Angela Merkel", ["Đức"]),
        ("Pháp luật về Pháp", ["Pháp"]),
        ("Anh cho biết sẽ sang Anh.", ["Anh"]),
        ("Ý kiến của Ý", ["Ý"]),
        ("bà Lan Anh ở Đức Thọ", []),
        ("Trần Đức và Hoàng Anh", []),
        ("Pháp - Đức", ["Pháp", "Đức"]),
        ("Đại học Luật TPHCM", ["TPHCM"]),
    ],
)
def test_a_country_of_one_syllable_is_told_from_words_and_names(text: str, expected: list[str]) -> None:
    city = entry("TPHCM", "Ho Chi Minh City", kind="place", case=CasePolicy.EXACT)
    assert sources([*COUNTRIES, city], text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 12/QĐ-UBND nêu rõ",
        "văn bản 1034/UBND-KT",
        "Thông báo 81/TB-UBND",
        "Nghị quyết 02-NQ/UBND",
        "theo QĐ-UBND",
        "Nghị định 15/2020/UBND",
    ],
)
def test_the_number_of_a_document_holds_no_term(text: str) -> None:
    council = entry("Ủy ban nhân dân", "the People's Committee", variants=("UBND",))
    assert sources([council], text) == []


@pytest.mark.parametrize("text", ["HĐND/UBND tỉnh", "UBND-HĐND", "12 UBND xã", "ngày 1/2 UBND họp"])
def test_a_stroke_or_hyphen_alone_makes_no_document(text: str) -> None:
    council = entry("Ủy ban nhân dân", "the People's Committee", variants=("UBND",))
    assert any(source.startswith("UBND") for source in sources([council], text))


@pytest.mark.parametrize("text", ["Hôm qua, bà Nga nói", "Ông Nga nói", "Đồng chí Nga dự họp"])
def test_a_given_name_is_no_country(text: str) -> None:
    assert sources([entry("Nga", "Russia", kind="place")], text) == []


@pytest.mark.parametrize("text", ["Phía Nga nói", "Tổng thống Nga", "với Nga và"])
def test_a_country_stays_one(text: str) -> None:
    assert sources([entry("Nga", "Russia", kind="place")], text) == ["Nga"]


CENTRAL = [
    Entry("org", "Ban Tổ chức Trung ương", {"vna": "the Organisation Commission"}, kind="institution"),
    Entry("office", "Văn phòng Trung ương", {"vna": "the Party's Office"}, kind="institution"),
    Entry("sec", "Ban Bí thư Trung ương Đảng", {"vna": "the Party's Secretariat"}, kind="institution"),
]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Ban Tổ chức Trung ương họp", True),
        ("các ban, Văn phòng Trung ương", True),
        ("Các Văn phòng Trung ương", False),
        ("4 Văn phòng Trung ương", False),
        ("Ban Tổ chức Trung ương, Hội Luật gia Việt Nam", True),
        ("Ban Tổ chức Trung ương Hội Luật gia Việt Nam", False),
        ("Ban Tổ chức Trung ương Hội nghị", True),
        ("Ban Tổ chức Trung ương Liên hiệp các hội", False),
        ("Ban Tổ chức Trung ương Đoàn", False),
        ("Ban Tổ chức Trung ương Đoàn.", False),
        ("Ban Tổ chức Trung ương Đoàn Thanh niên Cộng sản", False),
        ("Ban Tổ chức Trung ương Đoàn đã họp", False),
        ("Trưởng Ban Tổ chức Trung ương Đoàn Thanh Hải", True),
        ("Ban Tổ chức Trung ương Đoàn kiểm tra", True),
        ("Ban Bí thư Trung ương Đảng Nhân dân Cách mạng Lào", False),
        ("Ban Bí thư Trung ương Đảng Cộng sản Trung Quốc", False),
        ("Ban Bí thư Trung ương Đảng Cộng sản Việt Nam", True),
        ("Ban Bí thư Trung ương Đảng Cộng sản yêu cầu", True),
        ("Ban Bí thư Trung ương Đảng khóa XIII", True),
    ],
)
def test_a_central_body_is_not_the_beginning_of_anothers_name(text: str, stands: bool) -> None:
    found = Matcher(make_glossary(CENTRAL)).match(text)
    assert bool(found) is stands


@given(st.text("aậ\u0301Tp. \n\u200b-,&_1Đ\u00a0", max_size=30) | st.text(max_size=20))
def test_tokens_are_what_stands_at_their_places(text: str) -> None:
    tokens = tokenize(text)
    assert [text[start:end] for start, end in tokens.spans] == tokens.written == split(text)
    assert all(tokens.span(at, at + 1) == tokens.spans[at] for at in range(len(tokens)))
    between = zip([0, *tokens.ends], [*tokens.starts, len(text)], strict=True)
    assert not any(character.isalnum() for start, end in between for character in text[start:end])
