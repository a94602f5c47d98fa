"""TMX in and out: both dialects, any encoding, hostile and broken files, stops and restarts."""

from __future__ import annotations

import datetime
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.errors import MemoryStoreError
from bulletin.memory.importing import import_file
from bulletin.memory.shape import context_key
from bulletin.memory.store import Store
from bulletin.memory.tmx import MAX_UNIT, Skipped, read_tmx
from bulletin.memory.tmx_out import Dialect, export_tmx, write_tmx
from bulletin.memory.unit import MemoryUnit, clean_text

OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="sentence"
    creationtoolversion="5.8" srclang="vi"/>
  <body>
<!-- Default translations -->
    <tu>
      <prop type="file">bai-1.txt</prop>
      <prop type="prev">Câu trước.</prop>
      <prop type="next">Câu sau.</prop>
      <tuv xml:lang="vi"><seg>Hội nghị <bpt i="0">&lt;b0&gt;</bpt>bế mạc<ept i="0">&lt;/b0&gt;</ept> &amp; ra về.</seg></tuv>
      <tuv xml:lang="en" changeid="Lan" changedate="20260116T080910Z" creationid="Minh">
        <seg>The conference closed &amp; all left.</seg></tuv>
    </tu>
  </body>
</tmx>
"""  # noqa: E501

TRADOS = """<?xml version="1.0" encoding="UTF-16"?>
<tmx version="1.4">
  <header creationtool="SDL Language Platform" creationtoolversion="8.1" o-tmf="SDL TM8 Format"
    datatype="xml" segtype="sentence" adminlang="vi-VN" srclang="vi-VN" creationid="x">
    <prop type="x-Recognizers">RecognizeAll</prop>
  </header>
  <body>
    <tu creationdate="20200102T030405Z" creationid="HOANG" changedate="20210102T030405Z" changeid="AN">
      <prop type="x-ConfirmationLevel">ApprovedTranslation</prop>
      <tuv xml:lang="vi-VN"><seg>Thủ tướng<ph x="1" type="2"/> phát biểu.</seg></tuv>
      <tuv xml:lang="en-GB"><seg>The Prime Minister spoke.</seg></tuv>
    </tu>
    <tu><prop type="x-ConfirmationLevel">Draft</prop>
      <tuv xml:lang="vi-VN"><seg>Nháp.</seg></tuv><tuv xml:lang="en-GB"><seg>Draft.</seg></tuv></tu>
    <tu><tuv xml:lang="vi-VN"><seg>Thiếu.</seg></tuv><tuv xml:lang="fr-FR"><seg>Manque.</seg></tuv></tu>
    <tu><tuv xml:lang="vi-VN"/><tuv xml:lang="en-GB"><seg>Empty.</seg></tuv></tu>
  </body>
</tmx>
"""


def tmx(body: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<tmx version="1.4"><header srclang="vi"/><body>{body}</body></tmx>'


def pair(source: str, target: str) -> str:
    return (
        f'<tu><tuv xml:lang="vi"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'
    )


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_omegat(tmp_path):
    (unit,) = read_tmx(write(tmp_path / "a.tmx", OMEGAT), style="vna")
    assert unit == MemoryUnit(
        "Hội nghị bế mạc & ra về.",
        "The conference closed & all left.",
        article="bai-1.txt",
        style="vna",
        author="Lan",
        created=datetime.datetime(2026, 1, 16, 8, 9, 10),
        previous=context_key("Câu trước."),
        next=context_key("Câu sau."),
    )


def test_trados_in_utf_16_passes_over_what_is_no_approved_pair(tmp_path):
    unit, *others = read_tmx(write(tmp_path / "a.tmx", TRADOS, "utf-16"))
    assert (unit.source, unit.target, unit.author) == (
        "Thủ tướng phát biểu.",
        "The Prime Minister spoke.",
        "AN",
    )
    assert unit.created == datetime.datetime(2021, 1, 2, 3, 4, 5)
    assert [(o.number, o.reason) for o in others] == [
        (2, "is not approved (Draft)"),
        (3, "has no English text"),
        (4, "has no Vietnamese text"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path, encoding):
    name = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
    text = tmx(pair("Đảng", "the Party")).replace('"1.0"', f'"1.0" encoding="{name}"')
    (unit,) = read_tmx(write(tmp_path / "a.tmx", text, encoding))
    assert (unit.source, unit.target) == ("Đảng", "the Party")


_TEXT = st.text(min_size=1, max_size=60).filter(lambda text: clean_text(text))
_SHORT = st.text(max_size=12).map(clean_text)
_UNITS = st.builds(
    MemoryUnit,
    _TEXT.map(clean_text),
    _TEXT.map(clean_text),
    article=_SHORT,
    date=st.none() | st.dates(),
    style=st.sampled_from(["", "vna", "gov"]),
    author=_SHORT,
    glossary=_SHORT,
    created=st.datetimes(min_value=datetime.datetime(1000, 1, 1)).map(
        lambda time: time.replace(microsecond=0)
    ),
    previous=st.none() | st.integers(-(2**63), 2**63 - 1),
    next=st.none() | st.integers(-(2**63), 2**63 - 1),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_UNITS, max_size=6), st.sampled_from(Dialect))
def test_round_trip(tmp_path, units, dialect):
    path = tmp_path / "round.tmx"
    assert write_tmx(((unit, "", "") for unit in units), path, dialect) == len(units)
    assert list(read_tmx(path)) == units


def test_export_is_what_the_other_program_reads(tmp_path):
    with Store() as store:
        keys = context_key("Câu một."), context_key("Câu hai.")
        store.add(
            [
                MemoryUnit("Câu một.", "One.", article="bai", next=keys[1], author="Lan"),
                MemoryUnit("Câu hai.", "Two.", article="bai", previous=keys[0]),
            ]
        )
        assert export_tmx(store, tmp_path / "o.tmx") == 2
        assert export_tmx(store, tmp_path / "t.tmx", Dialect.TRADOS) == 2
    text = (tmp_path / "o.tmx").read_text(encoding="utf-8")
    assert '<prop type="next">Câu hai.</prop>' in text and '<prop type="prev">Câu một.</prop>' in text
    assert 'o-tmf="OmegaT TMX"' in text and 'changeid="Lan"' in text
    text = (tmp_path / "t.tmx").read_bytes().decode("utf-16")
    assert 'xml:lang="vi-VN"' in text and 'xml:lang="en-GB"' in text and "encoding='UTF-16'" in text
    assert "\ufeff" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged"),
        ("<html/>", "outermost element is <tmx>"),
        ("not xml", "damaged"),
        (tmx(pair("a", "b"))[:-20], "damaged"),
        (tmx(pair("&lol;", "b"), '<!DOCTYPE tmx [<!ENTITY lol "x">]>'), "declares entities"),
        (
            tmx(pair("&x;", "b"), '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "declares entities",
        ),
    ],
)
def test_broken_and_hostile_files_are_one_clear_line(tmp_path, text, message):
    path = write(tmp_path / "bad.tmx", text)
    with Store() as store, pytest.raises(MemoryStoreError, match=message) as caught:
        import_file(store, path)
    assert "\n" not in str(caught.value) and "bad.tmx" in str(caught.value)


def broken_in_16(path, broken):
    """Four units in UTF-16, the third with ``broken`` in its English."""
    start, end = tmx("MIDDLE").replace('"1.0"', '"1.0" encoding="UTF-16"').split("MIDDLE")
    units = [pair(f"Câu {number}.", f"S {number}.").encode("utf-16-le") for number in range(4)]
    units[2] = units[2].replace("S 2".encode("utf-16-le"), broken + "S 2".encode("utf-16-le"))
    path.write_bytes(b"\xff\xfe" + start.encode("utf-16-le") + b"".join(units) + end.encode("utf-16-le"))
    return path.read_bytes()


@pytest.mark.parametrize("half", [b"\x00\xd8\x41\x00", b"\x41\x00\x00\xdc", b"\x00\xd8"])
def test_half_a_character_in_utf_16_costs_its_unit_only(tmp_path, half):
    before = broken_in_16(tmp_path / "a.tmx", half)
    with Store() as store:
        result = import_file(store, tmp_path / "a.tmx")
        assert [unit.source for unit in store] == ["Câu 0.", "Câu 1.", "Câu 3."]
    [skipped] = result.reasons
    assert (skipped.number, skipped.reason) == (3, "has bytes in its English that are no character")
    assert (tmp_path / "a.tmx").read_bytes() == before


# no character of XML, a tag cut off, half a code unit
@pytest.mark.parametrize("broken", [b"\xff\xff", b"<\x00/\x00", b"\x01"])
def test_a_broken_unit_in_utf_16_keeps_those_before_it(tmp_path, broken):
    before = broken_in_16(tmp_path / "a.tmx", broken)
    with Store() as store:
        with pytest.raises(MemoryStoreError, match=r"damaged.*the 2 units before it were") as caught:
            import_file(store, tmp_path / "a.tmx")
        assert "\n" not in str(caught.value)
        assert [unit.source for unit in store] == ["Câu 0.", "Câu 1."]
    assert (tmp_path / "a.tmx").read_bytes() == before


def test_an_unknown_entity_costs_its_unit_only(tmp_path):
    text = tmx(pair("&nbsp;a", "b") + pair("c", "d"), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    first, second = read_tmx(write(tmp_path / "a.tmx", text))
    assert isinstance(first, Skipped) and "entity" in first.reason
    assert isinstance(second, MemoryUnit)


def test_an_endless_unit_is_refused_before_it_is_read(tmp_path):
    text = tmx("<tu>" + "<note>x</note>" * (MAX_UNIT // 10) + "</tu>")
    with pytest.raises(MemoryStoreError, match="more than 4 MiB"):
        list(read_tmx(write(tmp_path / "a.tmx", text)))


def test_reading_needs_no_more_memory_for_more_units(tmp_path):
    import tracemalloc

    peaks = []
    for count in (500, 5000):
        path = write(
            tmp_path / f"{count}.tmx", tmx("\n".join(pair(f"Câu {n}", f"S {n}") for n in range(count)))
        )
        tracemalloc.start()
        assert sum(1 for _ in read_tmx(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_a_stopped_import_goes_on_where_it_stopped(tmp_path):
    class StopError(Exception):
        pass

    path = write(tmp_path / "a.tmx", tmx("".join(pair(f"Câu {n}.", f"S {n}.") for n in range(2500))))
    location = tmp_path / "memory.sqlite"

    def stop(done: int, total: int) -> None:
        raise StopError

    with Store(location) as store:
        with pytest.raises(StopError):
            import_file(store, path, progress=stop, batch=300)
        assert store.count() == 900
    with Store(location) as store:
        result = import_file(store, path, batch=300)
        assert (result.resumed, result.read, result.added.added) == (900, 2500, 1600)
        assert store.count() == 2500
        assert import_file(store, path).known
        assert import_file(store, path, again=True).added.renewed == 2500
        assert store.count() == 2500


def test_an_import_that_was_killed_goes_on_where_it_stopped(tmp_path):
    path = write(tmp_path / "a.tmx", tmx("".join(pair(f"Câu {n}.", f"S {n}.") for n in range(3000))))
    location = tmp_path / "memory.sqlite"
    # it dies by its own hand in the middle of a batch, as by kill -9: nothing is tidied up
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from bulletin.memory.importing import import_file\n"
        "from bulletin.memory.store import Store\n"
        "def die(done, total):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_file(Store(sys.argv[2]), Path(sys.argv[1]), progress=die, batch=300)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path), str(location)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Store(location) as store:
        assert store.count() == 900
        result = import_file(store, path, batch=300)
        assert (result.resumed, result.read, result.added.added) == (900, 3000, 2100)
        assert [unit.source for unit in store] == [f"Câu {n}." for n in range(3000)]


def test_what_comes_before_a_break_is_kept_and_told(tmp_path):
    broken = tmx("".join(pair(f"Câu {n}.", f"S {n}.") for n in range(10)))[:-60]
    with Store() as store:
        with pytest.raises(MemoryStoreError, match="the 9 units before it were read and kept"):
            import_file(store, write(tmp_path / "a.tmx", broken))
        assert store.count() == 9


def test_tab_separated_lines(tmp_path):
    path = write(tmp_path / "a.tsv", "# note\nCâu.\tSentence.\n\nchỉ một\n")
    with Store() as store:
        result = import_file(store, path, style="vna")
        assert [(u.source, u.style) for u in store] == [("Câu.", "vna")]
    assert result.skipped == 1
    with Store() as store, pytest.raises(MemoryStoreError, match="not UTF-8"):
        import_file(store, write(tmp_path / "b.tsv", "Câu.\tx", "utf-16"))


def test_a_failed_export_leaves_the_old_file(tmp_path):
    path = write(tmp_path / "a.tmx", "old")

    def units():
        yield MemoryUnit("a", "b"), "", ""
        raise MemoryStoreError("the database went away")

    with pytest.raises(MemoryStoreError, match="went away"):
        write_tmx(units(), path)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.tmx"]


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>VI</source_lang><target_lang>EN-GB</target_lang>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
</project></omegat>
"""


@pytest.mark.needs("omegat")
def test_omegat_translates_with_our_tmx_and_we_read_what_it_writes(tmp_path):
    for name in ("source", "target", "tm/enforce", "glossary", "dictionary", "omegat"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "omegat.project").write_text(PROJECT)
    write(tmp_path / "source" / "bai.txt", "Hội nghị bế mạc.\n\nThủ tướng & các Bộ trưởng phát biểu.\n")
    units = [
        MemoryUnit("Hội nghị bế mạc.", "The conference closed.", article="bai khác"),
        MemoryUnit("Thủ tướng & các Bộ trưởng phát biểu.", "The Prime Minister & Ministers spoke."),
    ]
    write_tmx(((unit, "", "") for unit in units), tmp_path / "tm" / "enforce" / "memory.tmx")
    subprocess.run(
        ["omegat", str(tmp_path), "--mode=console-translate"],
        check=True,
        capture_output=True,
        timeout=240,
        env={"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    text = (tmp_path / "target" / "bai.txt").read_text(encoding="utf-8")
    assert text.split("\n\n") == ["The conference closed.", "The Prime Minister & Ministers spoke.\n"]
    written = sorted(tmp_path.glob("*.tmx"))
    assert len(written) == 3
    for path in written:
        assert {(u.source, u.target) for u in read_tmx(path)} == {(u.source, u.target) for u in units}
