"""Drafts that the tests of drafting share."""

import datetime

from hypothesis import strategies as st

from bulletin.article import BlockKind, Image
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.finding import Finding, Severity
from bulletin.terminology.occurrence import Occurrence, Status

SIGNATURE = Signature("0.1.0", "builtin", "a1b2", "c3d4", "vna", "beam:4|lp:1.0")
OCCURRENCE = Occurrence(
    "b1.s1", "quoc-hoi", "institution", 0, 8, "Quốc hội", ("National Assembly",), "National Assembly",
    4, 21, "model", Status.EXACT,
)  # fmt: skip
FINDING = Finding("term-missing", Severity.ERROR, "expected <the Politburo> & found none", segment="b1.s1")


def unit(id: str, source: str = "Quốc hội họp.", target: str = "The National Assembly met.", **more) -> Unit:
    values = {"block": 0, "kind": BlockKind.PARAGRAPH, "hypothesis": target} | more
    return Unit(id=id, source=source, target=target, **values)


def draft(*units: Unit, **more) -> Draft:
    values = {"name": "hop-bao", "signature": SIGNATURE, "source_hash": "00ff"} | more
    return Draft(units=units, **values)


FULL = draft(
    unit("b1.s1", occurrences=(OCCURRENCE,), findings=(FINDING,), score=-0.25, space=" "),
    unit("b1.s2", target="Edited.", hypothesis="Machine.", state=State.REVIEWED),
    unit("b2.s1", kind=BlockKind.CAPTION, block=1, credit="TTXVN", image=Image("a.jpg", "Phiên họp")),
    date=datetime.date(2026, 1, 16),
    dateline="Hà Nội",
    source="https://example.org/?a=1&b=2",
    headline_provisional=True,
)

# markup, CJK, RTL marks, newlines of every kind, joiners, astral and forbidden characters
nasty = st.text(
    st.one_of(
        st.sampled_from("<>&'\"]]>{}%$\n\r\t  \u200f\u202e\u2028\u0085漢字가ﷺ\x00\x0b\x1f\ufffe\ud83d👩‍👧⟦⟧"),
        st.characters(),
    ),
    max_size=60,
)
offsets = st.integers(-1, 10_000)
occurrences = st.builds(
    Occurrence, nasty, nasty, nasty, offsets, offsets, nasty, st.lists(nasty, max_size=2).map(tuple), nasty,
    offsets, offsets, nasty, st.sampled_from(Status),
)  # fmt: skip
findings = st.builds(
    Finding, nasty, st.sampled_from(Severity), nasty, nasty, st.none() | st.integers(1, 9), nasty, nasty
)
units = st.builds(
    Unit,
    id=st.from_regex(r"b[1-9]{1,3}\.s[1-9]{1,3}", fullmatch=True),
    block=st.integers(0, 99),
    kind=st.sampled_from(BlockKind),
    source=nasty,
    target=nasty,
    hypothesis=nasty,
    space=nasty,
    state=st.sampled_from(State),
    score=st.none() | st.floats(allow_nan=False),
    credit=nasty,
    image=st.none() | st.builds(Image, nasty, nasty),
    occurrences=st.lists(occurrences, max_size=2).map(tuple),
    findings=st.lists(findings, max_size=2).map(tuple),
)
drafts = st.builds(
    Draft,
    name=nasty,
    units=st.lists(units, max_size=4, unique_by=lambda unit: unit.id).map(tuple),
    signature=st.builds(Signature, nasty, nasty, nasty, nasty, nasty, nasty),
    source_hash=nasty,
    date=st.none() | st.dates(),
    dateline=nasty,
    source=nasty,
    headline_provisional=st.booleans(),
)
