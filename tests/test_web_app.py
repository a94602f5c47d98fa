"""The editor's server: who gets in, what it answers, what it refuses."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bulletin.drafting.draft import State
from bulletin.drafting.xliff import read_draft, write_draft
from bulletin.glossary.entry import Entry
from bulletin.glossary.layers import load_glossary, make_glossary
from bulletin.glossary.lint import check_glossary
from bulletin.memory.unit import MemoryMatch, MemoryUnit
from bulletin.publishing.style import load_style
from bulletin.web.app import make_app
from bulletin.web.checks import Checker
from bulletin.web.desk import Desk
from bulletin.web.editor import Editor
from bulletin.web.guard import Keys
from bulletin.web.views import offered
from drafting_samples import draft, unit

HOST = "127.0.0.1:4321"
PAIR = draft(
    unit("b1.s1", "Quốc hội họp.", "The National Assembly met.", space=" ", hypothesis="The NA met."),
    unit("b1.s2", "Chính phủ <script>alert(1)</script> dự.", "The Government & </textarea><b>x</b> came."),
    unit("b2.s1", "Bộ Chính trị họp.", "The Politburo met.", block=1),
)


class FakeMemory:
    def lookup(self, source, previous="", next="", *, style="", limit=5):
        assert style == "vna"
        if not source.startswith("Chính"):
            return ()
        unit = MemoryUnit("Chính phủ dự.", "The Government attended.", article="<i>bản tin</i>")
        return (MemoryMatch(83, unit.source, unit.target, unit.target, ("3 years old",), unit),)


class Client:
    """A browser that has taken the link, as far as the server can see."""

    def __init__(self, path: Path, **tools) -> None:
        entries = [
            Entry("na", "Quốc hội", {"vna": "the National Assembly"}),
            Entry("pb", "Bộ Chính trị", {"vna": "the Politburo"}),
        ]

        def load():
            own = tools.get("new_terms")
            more = load_glossary([own], builtin=False).entries if own and own.exists() else ()
            return make_glossary([*entries, *more]), load_style("vna")

        self.desk = Desk(path, lambda given: Checker(load, given))
        self.desk.checker.load()
        self.editor = Editor(self.desk, **tools)
        self.keys = Keys()
        self.app = make_app(self.editor, self.keys, frozenset({HOST}), "bulletin-4321")
        self.http = TestClient(self.app, base_url=f"http://{HOST}", raise_server_exceptions=False)

    def open(self) -> "Client":
        assert self.http.get(f"/open/{self.keys.new_link()}").status_code == 200
        return self

    def post(self, path: str, **body):
        return self.http.post(path, json=body, headers={"origin": f"http://{HOST}"})


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(PAIR, path)
    return path


@pytest.fixture
def client(path):
    client = Client(path, open_memory=FakeMemory).open()
    yield client
    client.desk.close()


def test_the_link_works_once_and_gives_a_strict_cookie(path):
    client = Client(path)
    assert client.http.get("/").status_code == 403
    key = client.keys.new_link()
    assert client.http.get("/open/wrong").status_code == 403
    answer = client.http.get(f"/open/{key}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie
    assert key not in cookie
    assert client.http.get("/").status_code == 200
    other = TestClient(client.app, base_url=f"http://{HOST}")
    assert other.get(f"/open/{key}").status_code == 403
    assert other.get("/").status_code == 403
    other.cookies.set("bulletin-4321", "guess")
    assert other.get("/").status_code == 403
    # a link that was not used is void once there is a newer one
    old, new = client.keys.new_link(), client.keys.new_link()
    assert other.get(f"/open/{old}").status_code == 403
    assert other.get(f"/open/{new}").status_code == 200
    client.desk.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:4321", "127.0.0.1", "127.0.0.1:80", "", "[::1]:4321"]
)
@pytest.mark.parametrize("way", ["/", "/static/editor.js", "/preview", "/changes"])
def test_another_host_name_is_refused(client, host, way):
    assert client.http.get(way, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": f"https://{HOST}"},
        {"origin": f"http://{HOST}", "content-type": "text/plain"},
        {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "cross-site"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "same-site"},
    ],
)
def test_edits_of_other_pages_are_refused(client, headers):
    body = json.dumps({"text": "Forged.", "version": 0})
    headers = {"content-type": "application/json"} | headers
    for way in ("/segments/b1.s1", "/undo", "/publish", "/terms", "/fold"):
        assert client.http.post(way, content=body, headers=headers).status_code == 403
    assert client.desk.session.number == 0


def test_pages_of_others_cannot_embed_or_read(client):
    for way in ("/", "/preview", "/changes", "/static/editor.js"):
        assert client.http.get(way, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        headers = client.http.get(way).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
    page = client.http.get("/")
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert " style=" not in page.text and "onclick" not in page.text
    assert "script" not in client.http.get("/preview").headers["content-security-policy"]


def test_refusals_are_armed_too(client):
    for answer in (client.http.get("/", headers={"host": "evil"}), client.http.get("/open/x")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_no_other_methods(client, method):
    answer = client.http.request(method, "/segments/b1.s1", headers={"origin": f"http://{HOST}"})
    assert answer.status_code in (403, 405)


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "../../errors.py"]
)
def test_nothing_but_our_files_is_served(client, name):
    assert client.http.get(f"/static/{name}").status_code in (403, 404)


def test_texts_stay_text(client):
    page = client.http.get("/").text
    assert "<script>alert" not in page and "</textarea><b>" not in page
    assert "&lt;/textarea&gt;" in page and "&lt;script&gt;" in page
    saved = client.post("/segments/b1.s1", text="<img src=x onerror=y>", version=0).json()
    assert "<img" not in json.dumps(saved["rows"][0]["findings"])
    panel = client.http.get("/segments/b1.s2/panel").json()
    assert "<script>alert" not in panel["html"] + panel["source"]
    offers = client.http.get("/segments/b1.s2/matches").json()["html"]
    assert "<i>" not in offers and "&lt;i&gt;" in offers


def test_a_saved_text_is_checked_and_on_disk(client, path):
    answer = client.post("/segments/b1.s1", text="They met.", version=0, ms=1500)
    assert answer.status_code == 200
    row = answer.json()["rows"][0]
    assert (row["target"], row["version"], row["state"]) == ("They met.", 1, "translated")
    assert answer.json()["changed"] == ["b1.s1"]
    assert "is not rendered as" in row["findings"] and "missing" in row["source"]
    assert "They met." in path.with_name("draft.xlf.journal").read_text()
    answer = client.post("/segments/b1.s1", text="The National Assembly met.", version=1, state="final")
    row = answer.json()["rows"][0]
    assert row["state"] == "final" and "rendered" not in row["findings"]
    assert answer.json()["progress"] == {"initial": 2, "translated": 0, "reviewed": 0, "final": 1}
    assert client.post("/fold").status_code == 200
    assert read_draft(path).units[0].state is State.FINAL
    assert [line.status for line in read_draft(path).units[0].occurrences] == ["exact"]


def test_a_stale_text_is_answered_with_what_is_there(client):
    assert client.post("/segments/b1.s1", text="First.", version=0).status_code == 200
    answer = client.post("/segments/b1.s1", text="Second.", version=0)
    assert answer.status_code == 409
    assert [(row["id"], row["target"], row["version"]) for row in answer.json()["rows"]] == [
        ("b1.s1", "First.", 1)
    ]
    assert client.desk.session.unit("b1.s1").target == "First."
    for way, body in [
        ("/segments/b1.s1/split", {"version": 0, "source_at": 8, "target_at": 2}),
        ("/segments/b1.s1/join", {"versions": {"b1.s1": 0, "b1.s2": 0}}),
        ("/states", {"versions": {"b1.s1": 0}, "state": "final"}),
    ]:
        assert client.post(way, **body).status_code == 409


def test_other_windows_hear_of_changes(client):
    assert client.http.get("/changes?since=0").json()["rows"] == []
    client.post("/segments/b1.s1", text="First.", version=0)
    client.post("/segments/b1.s2/split", version=0, source_at=9, target_at=3)
    news = client.http.get("/changes?since=0").json()
    assert [row["id"] for row in news["rows"]] == ["b1.s1", "b1.s2", "b1.s2a"]
    assert news["order"] == ["b1.s1", "b1.s2", "b1.s2a", "b2.s1"]
    assert all('class="row' in row["html"] for row in news["rows"])
    client.post("/segments/b1.s2/join", versions={"b1.s2": 2, "b1.s2a": 2})
    assert client.http.get(f"/changes?since={news['number']}").json()["order"] == ["b1.s1", "b1.s2", "b2.s1"]


def test_undo_and_redo(client):
    assert client.post("/undo").status_code == 400
    client.post("/segments/b1.s1", text="First.", version=0)
    assert client.post("/undo").json()["rows"][0]["target"] == "The National Assembly met."
    assert client.post("/redo").json()["rows"][0]["target"] == "First."


def test_replacing(client):
    answer = client.post("/replace", find="THE ", new=r"\1 $& ").json()
    assert {row["id"] for row in answer["rows"]} == {"b1.s1", "b1.s2", "b2.s1"}
    assert client.desk.session.unit("b2.s1").target == r"\1 $& Politburo met."
    client.post("/undo")
    assert client.desk.session.unit("b2.s1").target == "The Politburo met."
    assert client.post("/replace", find="the", new="x", match_case=True).json()["rows"] == []
    assert client.post("/replace", find="me", new="x", whole_words=True).json()["rows"] == []
    assert client.post("/replace", find="", new="x").status_code == 400


@pytest.mark.parametrize(
    "way, body",
    [
        ("/segments/b1.s1", {"text": 5, "version": 0}),
        ("/segments/b1.s1", {"text": "x"}),
        ("/segments/b1.s1", {"text": "x", "version": -1}),
        ("/segments/b1.s1", {"text": "x", "version": True}),
        ("/segments/b1.s1", {"text": "x", "version": 0, "state": "done"}),
        ("/segments/b1.s1", {"text": "x", "version": 0, "ms": "long"}),
        ("/segments/b1.s1", {"text": "x" * 100_001, "version": 0}),
        ("/segments/b1.s1/split", {"version": 0, "source_at": 99999, "target_at": 0}),
        ("/segments/b2.s1/join", {"versions": {}}),
        ("/segments/nowhere/join", {"versions": {}}),
        ("/states", {"versions": {"b1.s1": 0}}),
        ("/states", {"versions": []}),
        ("/publish", {"formats": "md"}),
        ("/publish", {"formats": [1]}),
        ("/publish", {"formats": []}),
        ("/publish", {"formats": ["../x"]}),
        ("/segments/b1.s1/alternatives", {}),
        ("/terms", {"vietnamese": "a", "english": "b", "kind": "phrase"}),
    ],
)
def test_bad_requests_are_answered_in_one_line(client, way, body):
    answer = client.post(way, **body)
    assert answer.status_code == 400
    assert answer.json()["error"] and "\n" not in answer.json()["error"]
    assert client.desk.session.number == 0


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_what_is_not_json_is_refused(client, content):
    headers = {"origin": f"http://{HOST}", "content-type": "application/json"}
    assert client.http.post("/segments/b1.s1", content=content, headers=headers).status_code == 400


def test_too_much_is_refused(client):
    assert client.post("/segments/b1.s1", text="x" * 3_000_000, version=0).status_code == 413


def test_what_no_text_may_hold_is_left_out(client, path):
    headers = {"origin": f"http://{HOST}", "content-type": "application/json"}
    content = b'{"text": "a\\u0000b\\ud800c\\r\\nd\\u001b[0m", "version": 0}'
    assert client.http.post("/segments/b1.s1", content=content, headers=headers).status_code == 200
    assert client.desk.session.unit("b1.s1").target == "abc\nd[0m"
    client.post("/fold")
    assert read_draft(path).units[0].target == "abc\nd[0m"


def test_what_is_at_hand(client):
    panel = client.http.get("/segments/b1.s1/panel").json()
    assert "the</span> National Assembly" in panel["html"] and "Alt+1" in panel["html"]
    assert "<del>NA</del>" in panel["html"] and "<ins>National Assembly</ins>" in panel["html"]
    assert "83 %" in client.http.get("/segments/b1.s2/matches").json()["html"]
    assert "Nothing near" in client.http.get("/segments/b1.s1/matches").json()["html"]
    assert client.http.get("/segments/nowhere/panel").status_code == 400


def test_looking_at_a_segment_keeps_how_its_terms_came_in(path):
    client = Client(path).open()
    audited = client.desk.checker.check(PAIR, {"b1.s1"})["b1.s1"]
    lines = tuple(replace(line, how="injected") for line in audited.occurrences)
    client.desk.close()
    write_draft(replace(PAIR, units=(replace(audited, occurrences=lines), *PAIR.units[1:])), path)
    client = Client(path).open()
    client.http.get("/segments/b1.s1/panel")
    assert [line.how for line in client.desk.session.unit("b1.s1").occurrences] == ["injected"]
    client.post("/segments/b1.s1", text="A National Assembly met.", version=0)
    assert [line.how for line in client.desk.session.unit("b1.s1").occurrences] == ["edited"]
    client.desk.close()


def test_the_whole_draft_is_checked_by_todays_glossary(path, monkeypatch):
    old = replace(PAIR, units=(replace(PAIR.units[0], target="Parliament met."), *PAIR.units[1:]))
    write_draft(old, path)
    client = Client(path).open()
    answer = client.post("/check").json()
    checked = client.desk.checker.check(old, {unit.id for unit in old.units})
    assert client.desk.session.draft.units == tuple(checked.values())
    assert [row["id"] for row in answer["rows"]] == [
        unit.id for unit in old.units if checked[unit.id] != unit
    ]
    assert "National Assembly" in next(row["findings"] for row in answer["rows"] if row["id"] == "b1.s1")
    # nothing of it is an edit
    assert (answer["number"], client.desk.unfolded) == (0, False)
    monkeypatch.setattr(client.desk.checker, "check", None)
    assert client.post("/check").json()["rows"] == []
    monkeypatch.undo()
    client.desk.checker.reload()
    client.desk.session = replace(client.desk.session, draft=old)
    assert client.post("/check").json()["rows"] == answer["rows"]
    client.desk.close()


def test_an_edit_made_while_the_whole_draft_is_checked_stands(path, monkeypatch):
    client = Client(path).open()
    check = client.desk.checker.check

    def slow(draft, segments):
        checked = check(draft, segments)
        if len(segments) == len(draft.units):
            client.post("/segments/b1.s1", text="The National Assembly met again.", version=0)
        return checked

    monkeypatch.setattr(client.desk.checker, "check", slow)
    client.post("/check")
    unit = client.desk.session.unit("b1.s1")
    assert unit.target == "The National Assembly met again."
    assert not [finding for finding in unit.findings if "National Assembly" in finding.message]
    client.desk.close()


def test_offers_show_what_is_other_in_them():
    assert offered("He met guests today.", "He met the guests today.") == (
        ("same", "He met"), ("new", " the"), ("same", " guests today."),
    )  # fmt: skip
    assert offered("He met guests.", "A resolution was adopted.") == (("same", "A resolution was adopted."),)
    assert offered("", "A resolution.") == (("same", "A resolution."),)


def test_the_model_is_asked_for_alternatives(path):
    asked = []

    class Engine:
        name, revision, carries_terms = "fake", "1", True

        class decoding:  # noqa: N801
            beam = 2

        def split(self, source):
            return [source]

        def translate(self, sources, *, n_best=1, constraints=None, progress=None):
            from bulletin.translation.engine import Hypothesis

            asked.append(list(sources))
            return [(Hypothesis("The National Assembly convened.", -0.1), Hypothesis("It met.", -0.9))]

        def aligned(self, source, hypothesis):
            return hypothesis

        def read(self, pairs, progress=None):
            from bulletin.translation.engine import Reading

            return [Reading()] * len(pairs)

    client = Client(path, load_engine=Engine).open()
    answer = client.post("/segments/b1.s1/alternatives").json()
    assert 'data-text="The National Assembly convened."' in answer["html"]
    assert answer["doubts"] == []
    assert asked == [["⟦National Assembly⟧ họp."]]
    client.desk.close()


def test_the_model_says_what_the_english_leaves_out(tmp_path, engine):
    path = tmp_path / "draft.xlf"
    source = (
        "Hội nghị đã nghe báo cáo về tình hình kinh tế, thảo luận kế hoạch năm tới và bầu Ban Chấp hành mới."
    )
    whole = (
        "The conference heard a report on the economic situation, discussed next year's plan and elected a "
        "new Executive Committee."
    )
    write_draft(
        draft(unit("b1.s1", source, whole), unit("b2.s1", source, whole.split(",")[0] + ".", block=2)), path
    )
    client = Client(path, load_engine=lambda: engine).open()
    assert client.post("/segments/b1.s1/alternatives").json()["doubts"] == []
    told = client.post("/segments/b2.s1/alternatives").json()
    assert any("thảo luận kế hoạch năm tới" in each for each in told["doubts"])
    assert "The English does not seem to say" in told["html"]
    client.desk.close()


def test_a_new_term_is_a_line_that_holds_at_once(path, tmp_path):
    own = tmp_path / "own.csv"
    client = Client(path, new_terms=own).open()
    answer = client.post("/terms", vietnamese=" họp ", english="convened", kind="phrase", segment="b1.s1")
    assert answer.status_code == 200 and answer.json()["id"] == "desk.hop"
    assert {row["id"] for row in answer.json()["rows"]} == {"b1.s1", "b2.s1"}
    assert "convened" in answer.json()["rows"][0]["findings"]
    first = own.read_bytes()
    assert client.post("/terms", vietnamese="dự", english="attended", kind="phrase").status_code == 200
    assert own.read_bytes().startswith(first) and own.read_bytes().count(b"\n") == 3
    assert [entry.vi for entry in load_glossary([own], builtin=False).entries] == ["họp", "dự"]
    assert [found for found in check_glossary([own]) if found.severity == "error"] == []
    size = own.read_bytes()
    for bad in (
        {"vietnamese": "dự", "english": "came"},
        {"vietnamese": "=cmd()", "english": "x"},
        {"vietnamese": "x", "english": "a|b"},
        {"vietnamese": "", "english": "b"},
        {"vietnamese": "x", "english": "y" * 400},
        {"vietnamese": "x", "english": "y", "kind": "thing"},
    ):
        assert client.post("/terms", **({"kind": "phrase"} | bad)).status_code == 400
    assert own.read_bytes() == size
    own.write_bytes(b"no,glossary\n")
    assert client.post("/terms", vietnamese="x", english="y", kind="phrase").status_code == 400
    assert own.read_bytes() == b"no,glossary\n"
    client.desk.close()


def test_publishing_writes_beside_the_draft_only(client, path):
    assert "The Politburo met." in client.http.get("/preview").text
    answer = client.post("/publish", formats=["md", "txt"])
    assert answer.status_code == 200 and "not reviewed yet" in answer.json()["html"]
    assert {each.name for each in path.parent.iterdir()} >= {"bulletin.md", "bulletin.txt"}


def test_the_preview_takes_short_forms_from_the_desks_own_glossary(tmp_path):
    text = "The Politburo met, and the Politburo decided."
    path = tmp_path / "draft.xlf"
    write_draft(draft(unit("b1.s1", "Bộ Chính trị họp.", text)), path)
    entry = Entry("pb", "Bộ Chính trị", {"vna": "the Politburo"}, short="PB")
    desk = Desk(path, lambda given: Checker(lambda: (make_glossary([entry]), load_style("vns")), given))
    desk.checker.load()
    desk.recheck_all()
    assert "The Politburo (PB) met, and the PB decided." in Editor(desk).preview()
    desk.close()


def test_the_draft_file_is_written_when_typing_rests_and_at_the_end(path, monkeypatch):
    monkeypatch.setattr("bulletin.web.app.FOLD_AFTER", 0)
    client = Client(path)
    with client.http as http:
        http.get(f"/open/{client.keys.new_link()}")
        client.post("/segments/b1.s1", text="Rested.", version=0)
        import time

        end = time.monotonic() + 20
        while read_draft(path).units[0].target != "Rested.":
            assert time.monotonic() < end
            time.sleep(0.05)
        monkeypatch.setattr("bulletin.web.app.FOLD_AFTER", 1e9)
        client.post("/segments/b1.s1", text="Ended.", version=1)
    assert read_draft(path).units[0].target == "Ended."


def test_the_findings_are_those_of_a_check(tmp_path):
    """Names, dates, figures and terms, each with what stands elsewhere in its paragraph and before it."""
    path = tmp_path / "draft.xlf"
    given = draft(
        unit("b1.s1", "Ông Trần Văn Mẫu dự họp Quốc hội ngày 16/1.", "x"),
        unit("b1.s2", "Ông nói về 1.234 tỷ đồng.", "He spoke of 1,234 billion VND."),
        unit("b2.s1", "Trần Văn Mẫu cảm ơn.", "He said thanks.", block=1),
    )
    write_draft(given, path)
    client = Client(path).open()

    def say(segment: str, text: str) -> set[str]:
        version = client.desk.session.version(segment)
        assert client.post(f"/segments/{segment}", text=text, version=version).status_code == 200
        return {found.code for found in client.desk.session.unit(segment).findings if found.stands}

    assert say("b1.s1", "Tran Van Mau attended the National Assembly's meeting on January 16.") == set()
    assert say("b2.s1", "He gave his thanks.") == set()
    assert "date-differs" in say("b1.s1", "Tran Van Mau attended the National Assembly's meeting.")
    assert "name-differs" in say(
        "b1.s1", "Tran Van Mao attended the National Assembly's meeting on January 16."
    )
    assert "term-missing" in say("b1.s1", "Tran Van Mau attended the meeting on January 16.")
    assert "figure-differs" in say("b1.s2", "He spoke of 1,243 billion VND.")
    # told in the next sentence of the paragraph: right in both, and the page hears of both
    version = client.desk.session.version("b1.s2")
    text = "He told the National Assembly of 1,234 billion VND."
    answer = client.post("/segments/b1.s2", text=text, version=version).json()
    assert [row["id"] for row in answer["rows"]] == ["b1.s1", "b1.s2"] and answer["changed"] == ["b1.s2"]
    assert not any(found.stands for unit in client.desk.session.draft.units for found in unit.findings)
    client.desk.close()


def test_what_no_sentence_is_long_enough_for_is_kept_but_not_checked(client, path):
    answer = client.post("/segments/b1.s1", text="a" * 90_000, version=0)
    assert answer.status_code == 200 and "not checked here" in answer.json()["rows"][0]["findings"]
    client.post("/fold")
    assert read_draft(path).units[0].target == "a" * 90_000
    answer = client.post("/segments/b1.s1", text="They met.", version=1)
    assert "is not rendered as" in answer.json()["rows"][0]["findings"]
