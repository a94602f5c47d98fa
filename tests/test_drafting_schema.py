"""Drafts against the schemas that OASIS wrote, where ``.ci/run`` has put them into ``.ci/xliff``."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree

from bulletin.drafting.draft import State
from bulletin.drafting.xliff import dump_draft
from drafting_samples import FULL, draft, drafts, unit

SCHEMAS = Path(__file__).parent.parent / ".ci" / "xliff"
# the core of 2.1 is that of 2.0, with the same namespace; modules are not in it, and pass unseen
NAMES = {"2.1": "xliff-core-2.0.xsd", "1.2": "xliff-core-1.2-strict.xsd"}
STATES = draft(
    unit("b0.s1", source="", hypothesis=""),
    *(unit(f"b1.s{number}", state=state) for number, state in enumerate(State)),
    unit("b2.s1", target="", hypothesis="Machine."),
    unit("b2.s2", source="a\x00b\ufffe", target="\x0b", hypothesis="\ud800"),
)

pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the schemas of XLIFF are not in .ci/xliff; .ci/run puts them there"
)


class Local(etree.Resolver):
    """Finds the schema of ``xml:`` beside the others, not on the network."""

    def resolve(self, url, id, context):
        return self.resolve_filename(str(SCHEMAS / Path(url).name), context)


@cache
def schema(version):
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / NAMES[version]), parser))


def faults(data, version):
    checker = schema(version)
    checker.validate(etree.fromstring(data))
    return [f"{fault.line}: {fault.message}" for fault in checker.error_log]


@pytest.mark.parametrize("version", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(draft=drafts.filter(lambda each: each.units))
@example(draft=FULL)
@example(draft=STATES)
def test_every_draft_is_valid(draft, version):
    assert faults(dump_draft(draft, version), version) == []


@pytest.mark.parametrize("version", NAMES)
@pytest.mark.parametrize(
    ("good", "bad"),
    [(b' state="', b' estate="'), (b' state="', b' state="un'), (b' id="b1.s1"', b""), (b"source>", b"x>")],
)
def test_the_schemas_do_look(version, good, bad):
    data = dump_draft(FULL, version).replace(b"<source ", b"<x " if bad == b"x>" else b"<source ")
    assert good in data
    assert faults(data.replace(good, bad), version) != []
