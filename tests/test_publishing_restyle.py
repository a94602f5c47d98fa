"""House rules over text: each rule alone, styles in pairs over the sample, and what is left alone."""

import dataclasses
import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.article import BlockKind
from bulletin.publishing import load_style, make_bulletin
from bulletin.publishing.bulletin import join_units
from bulletin.publishing.letters import has_vietnamese_letters
from bulletin.publishing.restyle import TEXT_RULES, departures, restyle_blocks, restyle_text
from bulletin.publishing.rules.names import read_originals
from bulletin.publishing.rules.spelling import british_word
from bulletin.publishing.style import fill
from publishing_samples import sample_draft

VNA, VNS, MOFA = (load_style(name) for name in ("vna", "vns", "mofa"))
STYLES = {"vna": VNA, "vns": VNS, "mofa": MOFA}


@pytest.mark.parametrize(
    ("rule", "vna", "vns", "mofa"),
    [
        ("country", "Vietnam and VIETNAM", "Việt Nam and VIỆT NAM", "Viet Nam and VIET NAM"),
        ("place", "in Hanoi", "in Hà Nội", "in Ha Noi"),
        ("place", "HANOI", "HÀ NỘI", "HA NOI"),
        ("place", "Da Nang, Hai Phong", "Đà Nẵng, Hải Phòng", "Da Nang, Hai Phong"),
        ("place", "to Ho Chi Minh City.", "to HCM City.", "to Ho Chi Minh City."),
        ("date", "on January 16, 2020", "on January 16, 2020", "on 16 January 2020"),
        ("date", "on January 16", "on January 16", "on 16 January"),
        ("date", "April 3, 4 and 5, 2021", "April 3, 4 and 5, 2021", "3, 4 and 5 April 2021"),
        ("date", "in May 2024", "in May 2024", "in May 2024"),
        ("date range", "on April 3-5", "on April 3-5", "on 3–5 April"),
        ("range", "for 2021-2026", "for 2021-2026", "for 2021–2026"),
        ("percent", "12.5%", "12.5 per cent", "12.5 per cent"),
        ("percent", "5-7%", "5-7 per cent", "5-7 per cent"),
        ("percent", "five percent", "five per cent", "five per cent"),
        ("percent", "the percentage", "the percentage", "the percentage"),
        ("money", "1,250.5 billion VND", "VNĐ1,250.5 billion", "VND 1,250.5 billion"),
        ("money", "some 10-12 million USD", "some US$10-12 million", "some USD 10-12 million"),
        ("dash", "the law – the first – was", "the law — the first — was", "the law – the first – was"),
        ("quotes", 'said "yes" to "it",', "said “yes” to “it”,", "said “yes” to “it”,"),
        ("quotes", "\"He said 'no' twice\"", "“He said ‘no’ twice”", "“He said ‘no’ twice”"),
        ("apostrophe", "the People's and voters' rights", "the People’s and voters’ rights",
         "the People’s and voters’ rights"),
    ],
)  # fmt: skip
def test_one_thing_three_ways(rule, vna, vns, mofa):
    forms = {"vna": vna, "vns": vns, "mofa": mofa}
    for given_form, (name, wanted) in itertools.product(forms.values(), forms.items()):
        assert restyle_text(given_form, STYLES[name]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "See https://vietnam.vn/Hanoi-12-percent and write to hanoi@vietnam.com.vn.",
        "Vietnam Airlines flew to VietNamNet's office.",
        "Vietnamese officials met the Vietnamese.",
        "Directive 19-NQ/TW, article 24/7, score 2-1, room 12-14.",
        "The communiqué of the Élysée named Rodríguez chargé d'affaires in São Paulo.",
        "In March 12,480 documents were handled; in March 2021 fewer.",
        "It cost $5 and 50% more than 5.5 percentage points.",
        "The World Health Organization and the Pan American Health Organization.",
        "COVID-19 and F0-F1 cases; a half-size prize was seized.",
        "Version 2.0-2.5 of May be ready.",
        "rock 'n' roll in the 1990s",
    ],
)
def test_what_looks_like_a_departure_and_is_none(text):
    left = {rule.code for rule, _ in departures(text, VNA)}
    assert left == set()


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("They organized a program at the center.", "They organised a programme at the centre."),
        ("Labor and color; defense and traveled.", "Labour and colour; defence and travelled."),
        ("It analyzed and prioritized modernization.", "It analysed and prioritised modernisation."),
        ("Organizers said so. Honoring them", "Organisers said so. Honouring them"),
        ("the size of the prize", "the size of the prize"),
        ("the Ministry of Labor", "the Ministry of Labor"),
        ("a computer program", "a computer program"),
    ],
)
def test_british_spelling(american, british):
    assert restyle_text(american, VNA) == british
    keep = dataclasses.replace(VNA, spelling=dataclasses.replace(VNA.spelling, variety="keep"))
    assert restyle_text(american, keep) == american


@pytest.mark.parametrize("word", "size seized prizes resizable capsized belize citizen laborious".split())
def test_words_with_one_spelling(word):
    assert british_word(word) is None


def test_the_word_list_is_one_way():
    from bulletin.publishing.rules.spelling import _list

    for american, british in _list().items():
        assert british_word(british) in (None, british), (american, british)


def test_vietnamese_end_mark_becomes_a_full_stop():
    assert restyle_text("They agreed./.", VNA) == "They agreed."


def test_names_get_their_letters_back_from_the_source_only():
    source = "Đồng chí Trần Quốc Vượng gặp bà Nguyễn Thị Bích Lài tại Huế; Tổ công tác, Thế giới."
    originals = read_originals([source])
    english = "Tran Quoc Vuong met Nguyen Thi Bich Lai in Hue. The To group met Pham Van Hung. To the world!"
    assert restyle_text(english, VNS, originals) == (
        "Trần Quốc Vượng met Nguyễn Thị Bích Lài in Huế. The To group met Pham Van Hung. To the world!"
    )
    assert restyle_text(english, VNA, originals) == english


def test_two_names_that_look_the_same_without_marks_are_not_guessed():
    originals = read_originals(["Ông Nguyễn Văn Hưng và ông Nguyễn Văn Hùng dự họp."])
    assert restyle_text("Nguyen Van Hung attended.", VNS, originals) == "Nguyen Van Hung attended."


BODY = BlockKind.PARAGRAPH


def test_second_mentions():
    originals = read_originals(
        ["Ông Lê Minh Khôi và bà Trần Thu Hà, ông Phạm Hà gặp nhau tại đường Lê Minh Khôi."]
    )
    blocks = [
        (BlockKind.HEADLINE, "Le Minh Khoi opens a conference"),
        (BODY, "Le Minh Khoi spoke. Le Minh Khoi's speech was short."),
        (BlockKind.CAPTION, "Le Minh Khoi speaks."),
        (BODY, "Tran Thu Ha met Pham Ha. Tran Thu Ha and Le Minh Khoi walked down Le Minh Khoi Street."),
    ]
    assert restyle_blocks(blocks, VNS, originals) == [
        "Lê Minh Khôi opens a conference",
        "Lê Minh Khôi spoke. Khôi’s speech was short.",
        "Lê Minh Khôi speaks.",
        "Trần Thu Hà met Phạm Hà. Trần Thu Hà and Khôi walked down Lê Minh Khôi Street.",
    ]
    assert restyle_blocks(blocks, VNA, originals) == [text for _, text in blocks]


def test_short_forms_are_introduced_once_and_never_break_an_official_name():
    blocks = [
        (BODY, "The National Assembly met. The National Assembly Standing Committee spoke."),
        (BODY, "Members of the National Assembly left. The National Assembly's Party Delegation stayed."),
        (BODY, "The Communist Party of Vietnam spoke once."),
    ]
    assert restyle_blocks(blocks, VNS) == [
        "The National Assembly (NA) met. The National Assembly Standing Committee spoke.",
        "Members of the NA left. The National Assembly’s Party Delegation stayed.",
        "The Communist Party of Việt Nam spoke once.",
    ]
    assert restyle_blocks(blocks, VNA) == [text for _, text in blocks]


def test_a_short_form_already_introduced_is_not_introduced_again():
    blocks = [(BODY, "The National Assembly (NA) met. Then the National Assembly left.")]
    assert restyle_blocks(blocks, VNS) == ["The National Assembly (NA) met. Then the NA left."]


def blocks_of(draft):
    return [
        (units[0].kind, join_units(units))
        for units in (list(group) for _, group in itertools.groupby(draft.units, key=lambda unit: unit.block))
    ]


def plain(style):
    """The style without its rules about later mentions, which cannot be undone."""
    return dataclasses.replace(
        style,
        names=dataclasses.replace(style.names, second_mention="full"),
        short_forms=dataclasses.replace(style.short_forms, policy="full"),
    )


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(STYLES, 2)))
def test_styles_in_pairs_over_the_sample(first, second):
    """Going by way of another style gives what going straight gives: nothing else was changed."""
    draft = sample_draft()
    originals = read_originals(unit.source for unit in draft.units)
    blocks = blocks_of(draft)
    one, two = plain(STYLES[first]), plain(STYLES[second])
    by_way = restyle_blocks(blocks, one, originals)
    kinds = [kind for kind, _ in blocks]
    assert restyle_blocks(list(zip(kinds, by_way, strict=True)), two, originals) == (
        restyle_blocks(blocks, two, originals)
    )


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PLACES = "Ho Chi Minh City, HCM City, Đà Nẵng, Da Nang, Hà Nội, Ha Noi, Hanoi, Việt Nam, Viet Nam, Vietnam"
CHANGES = {
    "names": r"[A-ZĐ][\w’']*",
    "places": "|".join(PLACES.replace(",", "").split()),
    "dates": rf"\d{{1,2}}|\d{{4}}|{MONTHS}",
    "figures": r"[\d.,]+%?|per|cent|percent|billion|million|(VND|VNĐ)?[\d.,]*|USD|[-–]",
    "marks": r"\S*[\"“”‘’'—–]\S*",
    "short_forms": r"NA|National|Assembly",
}
"""What the words that a section of a style may change look like, without the points around them."""


@pytest.mark.parametrize("section", CHANGES)
@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(STYLES, 2)))
def test_one_section_of_a_style_changes_only_what_it_is_about(section, first, second):
    style = STYLES[first]
    other = dataclasses.replace(style, **{section: getattr(STYLES[second], section)})
    draft = sample_draft()
    originals = read_originals(unit.source for unit in draft.units)
    before = restyle_blocks(blocks_of(draft), style, originals)
    after = restyle_blocks(blocks_of(draft), other, originals)
    for old, new in zip(before, after, strict=True):
        changed = set(old.split()) ^ set(new.split())
        for word in changed:
            assert re.fullmatch(CHANGES[section], word.strip(".,;:()") or word), (section, word)
    if getattr(style, section) == getattr(other, section):
        assert before == after


def test_the_sample_in_vna_has_no_vietnamese_letter_and_in_vns_every_name_has_its_own():
    draft = sample_draft()
    vna, vns = (make_bulletin(draft, style) for style in (VNA, VNS))
    assert not any(has_vietnamese_letters(block.text) for block in vna.blocks)
    printed = " ".join(block.text for block in vns.blocks)
    for name in (
        "Trịnh Khắc Nhượng",
        "Lê Thị Diệu Khuê",
        "Nguyễn Thị Bích Lài",
        "Đặng Quốc Tuyển",
        "Ninh Bình",
    ):
        assert name in printed


@settings(max_examples=40)
@given(st.text(st.sampled_from("Vietnam Hà Nội 12 %‘’“”\"'–—-January,.2020 per cent VND US$ NA ")))
@pytest.mark.parametrize("name", STYLES)
def test_restyling_twice_is_restyling_once(name, text):
    style = STYLES[name]
    once = restyle_text(text, style)
    if not {rule.code for rule, _ in departures(once, style)} - {"quotes", "apostrophe"}:
        return
    # a rule may open the way for another one, but it settles at once after that
    twice = restyle_text(once, style)
    assert restyle_text(twice, style) == restyle_text(restyle_text(twice, style), style)


@settings(max_examples=40)
@given(st.text())
def test_rules_bear_any_text(text):
    for style in STYLES.values():
        originals = read_originals([text])
        restyle_text(text, style, originals)
        for _, edit in departures(text, style, originals):
            assert text[edit.start : edit.end] == edit.old


def test_every_rule_has_its_own_code():
    assert len({rule.code for rule in TEXT_RULES}) == len(TEXT_RULES)


def test_money_patterns_of_the_styles():
    assert {
        name: fill(style.figures.money, {"amount": "5 million", "currency": style.figures.symbols["USD"]})
        for name, style in STYLES.items()
    } == {"vna": "5 million USD", "vns": "US$5 million", "mofa": "USD 5 million"}


@pytest.mark.parametrize("part", ["a", "ấ", "1", "a.", "a-", "1-", "a@", "a'", "“", "_"])
def test_a_word_without_end_is_read_once_and_not_from_each_of_its_letters(part):
    # read the other way, each would take minutes
    text = (part * 50_000)[:50_000]
    for name in ("vna", "vns", "mofa"):
        edits = sorted((edit.start, edit.end) for _, edit in departures(text, load_style(name)))
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(edits))
