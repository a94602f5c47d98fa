"""Drafts through programs that are not ours."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.drafting.draft import State
from bulletin.drafting.merge import merge_edits
from bulletin.drafting.table_docx import dump_docx, parse_docx
from bulletin.drafting.xliff import read_draft, write_draft
from drafting_samples import FULL

PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>VI</source_lang><target_lang>EN-GB</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
WORK = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="x" o-tmf="x" adminlang="EN" datatype="plaintext" segtype="sentence"
 creationtoolversion="1" srclang="VI"/><body>
<tu><tuv lang="VI"><seg>Edited twice.</seg></tuv>
<tuv lang="EN-GB"><seg>A pair &amp; more.</seg></tuv></tu></body></tmx>
"""
LAST = replace(FULL.units[1], id="b2.s2", target="Edited twice.", state=State.TRANSLATED)
SAMPLE = replace(FULL, units=(*FULL.units, LAST))


def run(*command, folder):
    environment = {"HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=environment)


@pytest.mark.needs("omegat")
def test_omegat_keeps_everything_and_brings_its_edits(tmp_path):
    # this OmegaT takes the target, our English, for the text to work on
    for name in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (tmp_path / name).mkdir()
    (tmp_path / "omegat.project").write_text(PROJECT)
    (tmp_path / "omegat" / "project_save.tmx").write_text(WORK)
    write_draft(SAMPLE, tmp_path / "source" / "draft.xlf", "1.2")
    run("omegat", str(tmp_path), "--mode=console-translate", folder=tmp_path)
    back = read_draft(tmp_path / "target" / "draft.xlf")
    assert back.units[3].target == "A pair & more."
    assert back.units[3].hypothesis == SAMPLE.units[3].hypothesis
    assert replace(back, units=(*back.units[:3], SAMPLE.units[3])) == SAMPLE


@pytest.mark.needs("soffice")
def test_libreoffice_opens_and_saves_the_table_and_every_segment_still_matches(tmp_path):
    (tmp_path / "draft.docx").write_bytes(dump_docx(SAMPLE))
    for kind, source, out in (("odt", "draft.docx", "odt"), ("docx", "odt/draft.odt", "back")):
        target = str(tmp_path / out)
        run(
            "soffice",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            target,
            str(tmp_path / source),
            folder=tmp_path,
        )
    edits = parse_docx((tmp_path / "back" / "draft.docx").read_bytes())
    assert merge_edits(SAMPLE, edits) == (SAMPLE, ())


def test_pofilter_reads_the_draft_and_finds_what_is_wrong_in_it(tmp_path):
    broken = replace(FULL.units[1], source="Hai 12.", target="Two  13.")
    before = replace(SAMPLE, units=(FULL.units[0], broken, *SAMPLE.units[2:]))
    write_draft(before, tmp_path / "in.xlf", "1.2")
    pofilter = Path(sys.executable).with_name("pofilter")
    files = [str(tmp_path / "in.xlf"), str(tmp_path / "out.xlf")]
    command = [str(pofilter), "--progress=none", "-t", "numbers", *files]
    subprocess.run(command, check=True, capture_output=True)
    found = (tmp_path / "out.xlf").read_text(encoding="utf-8")
    assert "Hai 12." in found
    assert "Quốc hội họp." not in found
