"""From an article to a draft: what the engine gets wrong is found, whatever the engine."""

from __future__ import annotations

from bulletin.article import BlockKind
from bulletin.glossary.layers import load_glossary
from bulletin.pipeline import House, make_draft
from bulletin.publishing.style import load_style
from bulletin.reading import read_article
from test_terminology import Scripted

SOURCE = "Thủ tướng nêu 12 nhiệm vụ trong năm 2024 và giao 25 tỷ đồng cho Hà Nội."


def draft(english: str, **options):
    article = read_article(data=f"{SOURCE}\n\nNgọc Lam\n".encode(), name="bai.txt")
    engine = Scripted({SOURCE: [english]}, constrained={SOURCE: english})
    return make_draft(article, engine, House(load_glossary(), load_style("vna")), **options)


def codes(made) -> list[str]:
    return sorted(finding.code for unit in made.units for finding in unit.findings)


def test_a_right_sentence_has_only_the_finding_of_its_headline():
    made = draft("The Prime Minister set 12 tasks in 2024 and assigned 25 billion VND to Hanoi.")
    assert codes(made) == ["headline-provisional"]
    assert made.headline_provisional
    assert made.units[0].kind is BlockKind.HEADLINE


def test_a_changed_number_a_changed_year_and_a_changed_sum_are_found():
    number = codes(draft("The Prime Minister set 13 tasks in 2024 and assigned 25 billion VND to Hanoi."))
    assert "figure-differs" in number
    year = codes(draft("The Prime Minister set 12 tasks in 2025 and assigned 25 billion VND to Hanoi."))
    assert {"date-differs", "figure-differs"} & set(year)
    money = codes(draft("The Prime Minister set 12 tasks in 2024 and assigned 25 million VND to Hanoi."))
    assert "figure-missing" in money or "figure-differs" in money


def test_a_lost_term_and_vietnamese_left_over_are_found():
    lost = codes(draft("The leader set 12 tasks in 2024 and assigned 25 billion VND to Hanoi."))
    assert "term-missing" in lost
    left = codes(draft("The Prime Minister giao nhiệm vụ 12 tasks in 2024, 25 billion VND, Hanoi."))
    assert "vietnamese-left" in left


def test_a_byline_is_spelled_and_never_translated():
    made = draft("The Prime Minister set 12 tasks in 2024 and assigned 25 billion VND to Hanoi.")
    assert [unit.target for unit in made.units if unit.kind is BlockKind.BYLINE] == ["Ngoc Lam"]


def test_a_given_headline_takes_the_place_of_the_provisional_one():
    made = draft("The Prime Minister set 12 tasks in 2024, 25 billion VND, Hanoi.", headline="Tasks for 2024")
    assert not made.headline_provisional
    assert made.units[0].target == "Tasks for 2024"
