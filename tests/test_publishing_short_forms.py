"""Short forms at later mention: which ones the glossary gives, and where none may stand."""

import dataclasses

import pytest
from click.testing import CliRunner

from bulletin.article import BlockKind
from bulletin.cli import issue, publish
from bulletin.drafting.draft import Draft, Signature, Unit
from bulletin.drafting.xliff import write_draft
from bulletin.glossary.layers import load_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.publishing import load_style, make_bulletin
from bulletin.publishing.short_forms import short_form_table
from bulletin.terminology.audit import occurrences

VNA, VNS = load_style("vna"), load_style("vns")
PAIRS = (
    ("Bộ Công an họp với Bộ Tài chính.", "The Ministry of Public Security met the Ministry of Finance."),
    ("Bộ Công an trình bày.", "The Ministry of Public Security reported."),
    (
        "Bộ trưởng Bộ Công an cảm ơn Bộ Công an.",
        "The Minister of Public Security thanked the Ministry of Public Security.",
    ),
)


@pytest.fixture(scope="module")
def glossary():
    return load_glossary()


def make_draft(pairs, glossary, name="mot-bai"):
    matcher = Matcher(glossary, "vna")
    units = tuple(
        Unit(
            f"b{number}.s1",
            number,
            BlockKind.PARAGRAPH,
            source,
            english,
            english,
            " ",
            occurrences=tuple(occurrences(f"b{number}.s1", english, matcher.match(source))),
        )
        for number, (source, english) in enumerate(pairs, start=1)
    )
    return Draft(name, units, Signature("0.1.0", "builtin", "r1", "g1", "vna", "beam:4"), "0" * 64)


def printed(draft, style, **options):
    return [block.text for block in make_bulletin(draft, style, **options).blocks]


def test_the_glossarys_short_form_is_introduced_and_then_used(glossary):
    draft = make_draft(PAIRS, glossary)
    assert printed(draft, VNS) == [
        "The Ministry of Public Security (MPS) met the Ministry of Finance.",
        "The MPS reported.",
        "The Minister of Public Security thanked the MPS. — VNS",
    ]
    assert printed(draft, VNA) == [english for _, english in PAIRS]


def test_a_term_that_the_source_does_not_name_gets_no_short_form(glossary):
    pairs = [
        ("Họ họp.", "The Ministry of Public Security met."),
        ("Họ về.", "The Ministry of Public Security left."),
    ]
    assert short_form_table([make_draft(pairs, glossary)], VNS).forms.keys() == VNS.short_forms.forms.keys()


def test_another_terms_rendering_is_never_broken(glossary):
    pairs = [
        ("Trung ương Đảng họp.", "The Party Central Committee met."),
        ("Trung ương Đảng kết luận.", "The Party Central Committee concluded."),
        ("Các Ủy viên Trung ương Đảng dự.", "Members of the Party Central Committee attended."),
    ]
    draft = make_draft(pairs, glossary)
    assert "Members of the Party Central Committee" in short_form_table([draft], VNS).kept
    assert printed(draft, VNS) == [
        "The Party Central Committee (PCC) met.",
        "The PCC concluded.",
        "Members of the Party Central Committee attended. — VNS",
    ]


def test_two_terms_with_one_short_form_stay_long(glossary):
    pairs = [
        ("Quân đội nhân dân Việt Nam mua hồ tiêu.", "The Vietnam People's Army bought pepper."),
        ("Hiệp hội Hồ tiêu Việt Nam bán hồ tiêu.", "The Vietnam Pepper Association sold pepper."),
    ]
    one, both = (make_draft(chosen * 2, glossary) for chosen in (pairs[:1], pairs))
    assert "VPA" in short_form_table([one], VNS).forms.values()
    assert "VPA" not in short_form_table([both], VNS).forms.values()


def test_a_style_may_keep_a_term_long(glossary):
    forms = {**VNS.short_forms.forms, "Ministry of Public Security": ""}
    style = dataclasses.replace(VNS, short_forms=dataclasses.replace(VNS.short_forms, forms=forms))
    assert printed(make_draft(PAIRS, glossary), style)[1] == "The Ministry of Public Security reported."


def run(command, *arguments):
    done = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_the_house_may_bring_its_own_short_forms_to_bulletins_and_issues(glossary, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "id,vi,en_vna,short,kind\nown.police,Bộ Công an,the Ministry of Public Security,MoPS,institution\n",
        encoding="utf-8",
    )
    draft = make_draft(PAIRS, load_glossary([own]))
    write_draft(draft, tmp_path / "one" / "draft.xlf")
    write_draft(dataclasses.replace(draft, name="hai-bai"), tmp_path / "two" / "draft.xlf")
    options = ["--style", "vns", "--format", "txt", "--glossary", own]
    run(publish.command, tmp_path / "one", *options)
    assert "The MoPS reported." in (tmp_path / "one" / "bulletin.txt").read_text(encoding="utf-8")
    file = tmp_path / "issue.toml"
    file.write_text('masthead = "Weekly"\ndate = 2026-03-12\narticles = ["one", "two"]\n', encoding="utf-8")
    run(issue.command, file, *options)
    text = (tmp_path / "issue" / "issue.txt").read_text(encoding="utf-8")
    assert text.count("Ministry of Public Security (MoPS)") == text.count("The MoPS reported.") == 2
