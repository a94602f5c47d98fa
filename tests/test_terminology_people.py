"""Titles agree with the man or woman who holds them, and a deputy is never promoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.checking.pair import Pair
from bulletin.checking.terms import audit_block
from bulletin.checking.titles import gender_findings
from bulletin.glossary.gender import for_man, for_woman, in_gender
from bulletin.glossary.layers import load_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.terminology.occurrence import Status
from bulletin.terminology.spans import fixed_spans, people_of
from bulletin.terminology.verify import verify


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_glossary(()))


def titles(text: str, matcher: Matcher, article: tuple[str, ...] = ()) -> dict[str, str]:
    people = people_of((*article, text), matcher)
    spans = fixed_spans(text, matcher, people=people)
    return {match.source: match.target for match in spans if match.kind == "title"}


@pytest.mark.parametrize(
    ("text", "title", "english"),
    [
        ("Chủ tịch HĐND tỉnh Lê Thị Diệu Khuê nói.", "Chủ tịch HĐND tỉnh", "Chairwoman of the provincial"),
        ("Chủ tịch HĐND tỉnh Lê Văn Khuê nói.", "Chủ tịch HĐND tỉnh", "Chairman of the provincial"),
        ("Chủ tịch HĐND tỉnh Lê Hồng Khuê nói.", "Chủ tịch HĐND tỉnh", "Chairman of the provincial"),
        ("Phó Chủ tịch Quốc hội, đồng chí Nguyễn Thị Thanh", "Phó Chủ tịch Quốc hội", "Vice Chairwoman"),
        ("Bà Trần Thu Hà, Phó Chủ tịch UBND tỉnh, nói.", "Phó Chủ tịch UBND tỉnh", "Vice Chairwoman"),
        ("bầu bà Trần Thu Hà giữ chức Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh", "Chairwoman"),
        ("Nữ Chủ tịch Quốc hội đầu tiên", "Chủ tịch Quốc hội", "Chairwoman"),
        ("Bộ trưởng Bộ Nội vụ Phạm Thị Thanh Trà", "Bộ trưởng Bộ Nội vụ", "Minister of Home Affairs"),
        ("Phó Chủ tịch phường Lê Thị Mai", "Phó Chủ tịch phường", "Vice Chairwoman of the ward"),
    ],
)
def test_a_title_agrees_with_its_holder(matcher, text, title, english):
    assert english in titles(text, matcher)[title]


def test_titles_in_a_row_are_of_one_person_unless_another_is_named(matcher):
    hers = titles("Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Lê Thị Mai", matcher)
    assert hers["Chủ tịch HĐND tỉnh"].startswith("Chairwoman")
    two = "Bà Lê Thị Mai, Chủ tịch HĐND tỉnh, ông Trần Văn Nam, Chủ tịch UBND tỉnh, cùng dự."
    both = titles(two, matcher)
    assert both["Chủ tịch HĐND tỉnh"].startswith("Chairwoman")
    assert both["Chủ tịch UBND tỉnh"].startswith("Chairman")
    mixed = titles("Bà Lê Thị Mai, Chủ tịch HĐND tỉnh, Chủ tịch UBND tỉnh Trần Văn Nam", matcher)
    assert mixed["Chủ tịch HĐND tỉnh"].startswith("Chairwoman")
    assert mixed["Chủ tịch UBND tỉnh"].startswith("Chairman")


def test_the_article_tells_what_a_sentence_does_not(matcher):
    article = ("Phó Chủ tịch Quốc hội Nguyễn Thị Thanh dự.", "Bà Trần Thu Hà nói.")
    bare = titles("Phó Chủ tịch Quốc hội nhấn mạnh.", matcher, article)
    assert bare["Phó Chủ tịch Quốc hội"] == "National Assembly Vice Chairwoman"
    several = titles("Các Phó Chủ tịch Quốc hội cùng dự.", matcher, article)
    assert several["Phó Chủ tịch Quốc hội"] == "National Assembly Vice Chairman"
    named = titles("Chủ tịch UBND tỉnh Trần Thu Hà đáp.", matcher, article)
    assert named["Chủ tịch UBND tỉnh"].startswith("Chairwoman")
    given_name = titles("Chủ tịch UBND tỉnh Trần Thanh Trà đáp.", matcher, ("Bà Trà cho biết.",))
    assert given_name["Chủ tịch UBND tỉnh"].startswith("Chairwoman")


def test_what_the_article_contradicts_is_nobodys(matcher):
    article = ("Ông Trần Thu Hà nói.", "Bà Trần Thu Hà nói.")
    assert titles("Chủ tịch UBND tỉnh Trần Thu Hà đáp.", matcher, article)["Chủ tịch UBND tỉnh"].startswith(
        "Chairman"
    )


@pytest.mark.parametrize(
    ("name", "english", "status"),
    [
        ("Lê Thị Mai", "Chairwoman of the provincial People's Council Le Thi Mai", Status.EXACT),
        ("Lê Thị Mai", "Chairman of the provincial People's Council Le Thi Mai", Status.FORBIDDEN),
        ("Lê Thị Mai", "chairman of provincial People's Councils", Status.MISSING),
        ("Lê Văn Mai", "Chairwoman of the provincial People's Council Le Van Mai", Status.FORBIDDEN),
        ("Lê Hồng Mai", "Chairwoman of the provincial People's Council Le Hong Mai", Status.ACCEPTED),
    ],
)
def test_the_other_gender_is_an_error_where_it_is_known(matcher, name, english, status):
    text = f"Chủ tịch HĐND tỉnh {name} phát biểu."
    spans = [match for match in fixed_spans(text, matcher) if match.kind == "title"]
    assert verify(english, spans)[0].status is status


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Phó Chủ tịch phường", "Vice Chairman of the ward People's Committee"),
        ("Phó Đại sứ Australia tại Việt Nam", "Australian Deputy Ambassador to Vietnam"),
        ("nguyên Phó Chủ tịch phường", "former Vice Chairman of the ward People's Committee"),
        ("Phó Trưởng Công an huyện", "deputy district police chief"),
    ],
)
def test_a_deputy_without_an_entry_is_composed(matcher, text, english):
    assert [match.target for match in matcher.match(text)] == [english]


@pytest.mark.parametrize("text", ["Phó Hồng y Trần Văn A", "thành viên Ủy ban Dân nguyện"])
def test_the_rest_of_another_title_or_body_is_left_alone(matcher, text):
    assert not [match for match in matcher.match(text) if match.kind in ("title", "institution")]


def test_no_deputy_is_promoted(matcher):
    """Of no title in the glossary does ``Phó`` stand outside the match, its English unchanged."""
    for entry in matcher.glossary.entries:
        if entry.kind != "title":
            continue
        for match in matcher.match(f"Đồng chí Phó {entry.vi} nói"):
            if match.kind in ("title", "institution", "organisation"):
                assert match.start != len("Đồng chí Phó "), (entry.id, match.target)


@given(
    st.sampled_from(["Chairman", "Vice Chairman", "Chairmen", "Spokesman", "President", "Head"]), st.text()
)
def test_genders_change_into_each_other_and_back(head, rest):
    form = f"{head} of {for_man(rest)}"
    assert for_man(for_woman(form)) == form
    assert in_gender(for_man(form), "m")
    assert in_gender(for_woman(form), "f")


def test_what_the_article_tells_elsewhere_is_no_doubt(matcher):
    source = "Chủ tịch HĐND tỉnh Trần Kim Ngân nói."
    people = people_of((source, "Ông Trần Kim Ngân cảm ơn."), matcher)
    pair = Pair(source, "Chairman of the provincial People's Council Tran Kim Ngan spoke.", 1, "b1s1")
    audited = audit_block([pair], [fixed_spans(source, matcher, people=people)])
    assert list(gender_findings(audited, set())) == []


@pytest.mark.parametrize(
    ("source", "english", "codes"),
    [
        ("Chủ tịch HĐND tỉnh Trần Kim Ngân nói.", "Chairman of the provincial People's Council", 1),
        ("Chủ tịch HĐND tỉnh Trần Kim Ngân nói.", "Chairwoman of the provincial People's Council", 0),
        ("Chủ tịch HĐND tỉnh Trần Quốc Vượng nói.", "Chairman of the provincial People's Council", 0),
        ("Ông Trần Kim Ngân, Chủ tịch HĐND tỉnh.", "Chairman of the provincial People's Council", 0),
        ("Bí thư Tỉnh ủy Trần Kim Ngân nói.", "Secretary of the provincial Party Committee", 0),
    ],
)
def test_a_womans_name_beside_a_mans_title_is_pointed_out(matcher, source, english, codes):
    pair = Pair(source, english, 1, "b1s1")
    audited = audit_block([pair], [fixed_spans(source, matcher)])
    told: set[str] = set()
    found = list(gender_findings(audited, told))
    assert [finding.code for finding in found] == ["title-gender"] * codes
    assert not any(finding.stands for finding in found)
    assert list(gender_findings(audited, told)) == []
