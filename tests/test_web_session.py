"""The editing model, its history, and the journal that survives anything."""

import datetime
import json
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.article import BlockKind, Image
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import read_draft, write_draft
from bulletin.errors import DraftError, GlossaryError
from bulletin.glossary.layers import load_glossary
from bulletin.publishing.style import load_style
from bulletin.web import edits
from bulletin.web.checks import Checker
from bulletin.web.desk import Desk
from bulletin.web.edits import EditError, StaleError
from bulletin.web.journal import journal_path, parse_journal, read_journal, read_times
from bulletin.web.recovery import recover
from bulletin.web.session import Session, progress
from drafting_samples import draft, nasty, unit

THREE = draft(
    unit("b1.s1", source="Quốc hội họp. Chính phủ dự.", space=" ", state=State.REVIEWED,
         target="The National Assembly met. The Government came."),
    unit("b1.s2", source="Bộ Chính trị họp.", target="The Politburo met.", space=""),
    unit("b2.s1", block=1, kind=BlockKind.CAPTION, source="Ảnh.", target="A photo.", credit="TTXVN",
         image=Image("a.jpg")),
)  # fmt: skip


def texts(given) -> list[tuple[str, str, str, State]]:
    return [(item.id, item.source, item.target, item.state) for item in given.units]


def joined_source(given) -> str:
    return "".join(item.source + item.space for item in given.units)


class Plain(Checker):
    """No glossary: these tests are about texts."""

    def __init__(self, given) -> None:
        super().__init__(lambda: (load_glossary((), builtin=False), load_style("vna")), given)


def test_a_changed_text_is_signed_off_no_more():
    session = Session(THREE).apply(edits.set_text(THREE, "b1.s1", "The Assembly met."))
    assert session.unit("b1.s1").state is State.TRANSLATED
    assert session.version("b1.s1") == 1 and session.version("b1.s2") == 0
    confirmed = session.apply(edits.set_text(session.draft, "b1.s1", "The Assembly met.", State.FINAL))
    assert confirmed.unit("b1.s1").state is State.FINAL
    assert progress(confirmed.draft) == {
        State.INITIAL: 2, State.TRANSLATED: 0, State.REVIEWED: 0, State.FINAL: 1,
    }  # fmt: skip


def test_what_changes_nothing_is_no_step():
    assert edits.set_text(THREE, "b1.s2", "The Politburo met.") is None
    assert edits.set_states(THREE, ["b1.s1"], State.REVIEWED) is None
    assert edits.set_texts(THREE, {"b1.s2": "The Politburo met."}) is None


def test_a_split_keeps_the_block_and_the_ids():
    at = len("Quốc hội họp.")
    step = edits.split(THREE, "b1.s1", at, len("The National Assembly met."))
    session = Session(THREE).apply(step)
    assert [item.id for item in session.draft.units] == ["b1.s1", "b1.s1a", "b1.s2", "b2.s1"]
    assert joined_source(session.draft) == joined_source(THREE)
    first, second = session.draft.units[:2]
    assert (first.source, first.target) == ("Quốc hội họp.", "The National Assembly met.")
    assert (second.source, second.target) == ("Chính phủ dự.", "The Government came.")
    assert (first.hypothesis, second.hypothesis) == (first.target, second.target)
    again = session.apply(edits.split(session.draft, "b1.s1a", len("Chính"), 3))
    assert [item.id for item in again.draft.units][:3] == ["b1.s1", "b1.s1a", "b1.s1b"]
    back = session.apply(edits.join(session.draft, "b1.s1"))
    assert [(u.id, u.source, u.target) for u in back.draft.units] == [
        (u.id, u.source, u.target) for u in THREE.units
    ]


@pytest.mark.parametrize(
    "plan",
    [
        lambda d: edits.join(d, "b1.s2"),
        lambda d: edits.join(d, "b2.s1"),
        lambda d: edits.split(d, "b1.s1", 0, 0),
        lambda d: edits.split(d, "b1.s1", 900, 0),
        lambda d: edits.split(d, "b1.s1", 8, 900),
        lambda d: edits.set_text(d, "b9.s9", "x"),
        lambda d: edits.set_text(d, "b1.s1", "x" * (edits.MAX_TEXT + 1)),
    ],
)
def test_what_cannot_be_done_is_refused(plan):
    with pytest.raises(EditError, match="segment"):
        plan(THREE)


def test_a_step_made_on_another_text_is_stale():
    step = edits.set_text(THREE, "b1.s2", "One.")
    changed = Session(THREE).apply(edits.set_text(THREE, "b1.s2", "Two."))
    with pytest.raises(StaleError):
        changed.apply(step)


def test_a_provisional_headline_is_so_until_a_person_takes_it():
    base = draft(unit("headline", source="", target="Assembly meets"), headline_provisional=True)
    assert (
        Session(base).apply(edits.set_text(base, "headline", "House meets")).draft.headline_provisional
        is False
    )
    step = edits.set_text(base, "headline", "Assembly meets", State.REVIEWED)
    assert Session(base).apply(step).draft.headline_provisional is False


# a random walk through everything that can be done
actions = st.lists(
    st.tuples(
        st.sampled_from(["text", "text", "state", "split", "join", "undo", "redo", "replace"]),
        st.integers(0, 5),
        st.text(st.sampled_from("aà <&\n漢"), max_size=8),
        st.sampled_from(State),
    ),
    max_size=14,
)


def plan_of(action, number, text, state):
    def plan(given):
        item = given.units[number % len(given.units)]
        if action == "text":
            return edits.set_text(given, item.id, text)
        if action == "state":
            return edits.set_states(given, [item.id], state)
        if action == "split":
            return edits.split(given, item.id, len(item.source) // 2, len(item.target) // 2)
        if action == "join":
            return edits.join(given, item.id)
        return edits.set_texts(given, {other.id: text for other in given.units})

    return plan


def act(session: Session, action, number, text, state) -> Session:
    try:
        if action == "undo":
            return session.undo()[0]
        if action == "redo":
            return session.redo()[0]
        step = plan_of(action, number, text, state)(session.draft)
    except EditError:
        return session
    return session.apply(step) if step else session


@given(actions)
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(walk):
    session = Session(THREE)
    for item in walk:
        session = act(session, *item)
    end, count = session, len(session.history.done)
    for _ in range(count):
        session, _ = session.undo()
    assert texts(session.draft) == texts(THREE)
    assert [edits.bare(u) for u in session.draft.units] == [edits.bare(u) for u in THREE.units]
    for _ in range(count):
        session, _ = session.redo()
    assert texts(session.draft) == texts(end.draft)
    assert joined_source(end.draft) == joined_source(THREE)
    assert len({item.id for item in end.draft.units}) == len(end.draft.units)


@settings(max_examples=40, deadline=None)
@given(walk=actions, cut=st.floats(0, 1), folds=st.sets(st.integers(0, 13), max_size=2))
def test_any_prefix_of_the_journal_gives_what_was_typed_until_then(tmp_path_factory, walk, cut, folds):
    path = tmp_path_factory.mktemp("desk") / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    states = [(0, texts(THREE), path.read_bytes())]
    for number, item in enumerate(walk):
        try:
            if item[0] in ("undo", "redo"):
                getattr(desk, item[0])()
            else:
                desk.apply(plan_of(*item), typing=item[0] == "text")
        except EditError:
            pass
        states.append((journal_path(path).stat().st_size, texts(desk.session.draft), path.read_bytes()))
        if number in folds:
            desk.fold()
        states.append((journal_path(path).stat().st_size, texts(desk.session.draft), path.read_bytes()))
    data = journal_path(path).read_bytes()
    desk.journal.close()
    desk._lock.release()

    length = max(int(len(data) * cut), states[1][0] if len(states) > 1 else 0)
    size, expected, file = max((s for s in states if s[0] <= length), key=lambda s: s[0])
    records, whole = parse_journal(data[:length])
    assert whole <= length and whole >= size
    # every draft file that there was while the journal had this length, or a shorter one
    import hashlib

    found = recover(read_back(file, path), hashlib.sha256(file).hexdigest(), records)
    assert not found.foreign and not found.conflicts
    assert texts(found.session.draft) == expected


def read_back(data: bytes, path):
    path.write_bytes(data)
    return read_draft(path)


@given(nasty, nasty)
def test_records_hold_any_text(tmp_path_factory, text, source):
    path = tmp_path_factory.mktemp("journal") / "draft.xlf"
    base = draft(unit("b1.s1", source=f"một {source} hai", target=text))
    step = edits.split(base, "b1.s1", 3, len(text) // 2)
    from bulletin.web.journal import Journal, Record

    journal = Journal(journal_path(path))
    written = journal.write(
        Record("open", base="00", upto=1), Record("edit", step=step, ms=5, segment="b1.s1")
    )
    journal.close()
    records, length = read_journal(journal_path(path))
    assert records == list(written) and length == journal_path(path).stat().st_size
    assert Session(base).apply(records[1].step).draft == Session(base).apply(step).draft
    assert read_times(path) == {"b1.s1": 5}


@pytest.mark.parametrize(
    "tail", [b'{"do":"edit","n":2', b"\0\0\0\0\n", b'{"do":"edit","n":3}\n', b"[1]\n", b"\xff\n"]
)
def test_a_torn_end_is_left_out_and_written_over(tmp_path, tail):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Typed."))
    desk.journal.close()
    desk._lock.release()
    with journal_path(path).open("ab") as file:
        file.write(tail)
    again = Desk(path, Plain)
    assert again.session.unit("b1.s2").target == "Typed."
    again.apply(lambda d: edits.set_text(d, "b1.s2", "And more."))
    lines = journal_path(path).read_bytes().splitlines()
    assert [json.loads(line)["do"] for line in lines] == ["open", "edit", "edit"]
    again.close()
    assert read_draft(path).units[1].target == "And more."


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    journal_path(path).write_text("my notes\nmore\n")
    with pytest.raises(DraftError, match="not a journal"):
        Desk(path, Plain)
    assert journal_path(path).read_text() == "my notes\nmore\n"


def test_undo_reaches_over_sessions(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "First."))
    desk.apply(lambda d: edits.split(d, "b1.s1", 8, 5))
    desk.close()
    assert len(read_draft(path).units) == 4

    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Second."))
    desk.undo()
    desk.undo()
    desk.close()
    assert len(read_draft(path).units) == 3

    desk = Desk(path, Plain)
    assert desk.session.unit("b1.s2").target == "First."
    desk.undo()
    with pytest.raises(EditError, match="nothing to take back"):
        desk.undo()
    assert texts(desk.session.draft) == texts(THREE)
    desk.redo()
    desk.close()
    assert read_draft(path).units[1].target == "First."


def test_typing_is_one_step_for_undo(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    for text in ("T", "Ty", "Typed"):
        desk.apply(lambda d, text=text: edits.set_text(d, "b1.s2", text), typing=True)
    desk.apply(lambda d: edits.set_text(d, "b2.s1", "Else."), typing=True)
    desk.undo()
    assert desk.session.unit("b1.s2").target == "Typed"
    desk.undo()
    assert texts(desk.session.draft) == texts(THREE)
    desk.close()


def test_a_stale_version_is_refused_and_nothing_written(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Mine."), based_on={"b1.s2": 0})
    size = journal_path(path).stat().st_size
    with pytest.raises(StaleError):
        desk.apply(lambda d: edits.set_text(d, "b1.s2", "Theirs."), based_on={"b1.s2": 0})
    assert journal_path(path).stat().st_size == size
    desk.close()


def test_only_one_editor_has_a_draft(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    with pytest.raises(DraftError, match="open in another editor"):
        Desk(path, Plain)
    desk.close()
    Desk(path, Plain).close()


def test_a_draft_written_by_another_program_meanwhile_is_taken_up(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s1", "Ours."))
    desk.apply(lambda d: edits.set_text(d, "b2.s1", "Our photo."))
    theirs = replace(
        THREE,
        units=(
            THREE.units[0],
            replace(THREE.units[1], target="Theirs."),
            replace(THREE.units[2], target="Their photo."),
        ),
    )
    write_draft(theirs, path)
    assert desk.notice() and not desk.notice()
    assert [item.target for item in desk.session.draft.units] == ["Ours.", "Theirs.", "Their photo."]
    assert desk.conflicts == {"b2.s1": "Our photo."}
    # as after kill -9, before anything was folded
    desk.journal.close()
    desk._lock.release()
    desk = Desk(path, Plain)
    assert [item.target for item in desk.session.draft.units] == ["Ours.", "Theirs.", "Their photo."]
    assert desk.conflicts == {"b2.s1": "Our photo."}
    desk.resolve("b2.s1")
    desk.close()
    desk = Desk(path, Plain)
    assert desk.conflicts == {} and desk.session.unit("b1.s1").target == "Ours."
    desk.close()


def test_a_draft_written_while_the_editor_was_dead_keeps_both_texts(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s1", "Draft one."))
    desk.apply(lambda d: edits.set_text(d, "b1.s1", "Ours."))
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Also ours."))
    desk.journal.close()
    desk._lock.release()
    write_draft(replace(THREE, units=(replace(THREE.units[0], target="Theirs."), *THREE.units[1:])), path)
    desk = Desk(path, Plain)
    assert [item.target for item in desk.session.draft.units] == ["Theirs.", "Also ours.", "A photo."]
    assert desk.conflicts == {"b1.s1": "Ours."}
    desk.close()
    assert read_draft(path).units[1].target == "Also ours."


def test_the_draft_keeps_its_xliff_version(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(replace(THREE, date=datetime.date(2026, 1, 16)), path, "1.2")
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Changed."))
    desk.close()
    assert b'version="1.2"' in path.read_bytes()
    assert read_draft(path).units[1].target == "Changed."


def test_a_full_disk_loses_no_edit_that_was_answered(tmp_path):
    resource = pytest.importorskip("resource")
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Saved."))
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # the system itself refuses to write more, in the middle of a record
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal_path(path).stat().st_size + 9, hard))
    try:
        with pytest.raises(DraftError, match="not saved"):
            desk.apply(lambda d: edits.set_text(d, "b1.s2", "Lost."))
        with pytest.raises(DraftError, match="not saved"):
            desk.fold()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert desk.session.unit("b1.s2").target == "Saved." and path.read_bytes() == before
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Saved again."))
    desk.journal.close()
    desk._lock.release()
    again = Desk(path, Plain)
    assert again.session.unit("b1.s2").target == "Saved again."
    again.close()


def test_no_edit_waits_for_the_glossary(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    loading, done = threading.Event(), threading.Event()

    def load():
        loading.set()
        assert done.wait(20)
        return load_glossary((), builtin=False), load_style("vna")

    desk = Desk(path, lambda given: Checker(load, given))
    waiting = threading.Thread(target=desk.recheck)
    waiting.start()
    assert loading.wait(20)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", ""))
    assert '"now":["",' in journal_path(path).read_text()
    assert desk.session.unit("b1.s2").findings == ()
    done.set()
    waiting.join(20)
    desk.recheck()
    assert [found.code for found in desk.session.unit("b1.s2").findings] == ["empty"]
    desk.close()


def test_a_crash_in_the_middle_of_writing_the_draft_changes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "First."))
    desk.fold()
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Second."))

    def power_cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("bulletin.web.desk.write_atomic", power_cut)
    with pytest.raises(KeyboardInterrupt):
        desk.fold()
    monkeypatch.undo()
    desk.journal.close()
    desk._lock.release()
    assert read_draft(path).units[1].target == "First."
    desk = Desk(path, Plain)
    assert desk.session.unit("b1.s2").target == "Second." and desk.conflicts == {}
    desk.undo()
    assert desk.session.unit("b1.s2").target == "First."
    desk.close()


@settings(max_examples=40, deadline=None)
@given(ours=actions, theirs=st.lists(st.none() | st.text("xyz", max_size=3), min_size=3, max_size=3))
def test_no_text_of_either_side_is_lost(tmp_path_factory, ours, theirs):
    path = tmp_path_factory.mktemp("both") / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    for item in ours:
        try:
            if item[0] in ("undo", "redo"):
                getattr(desk, item[0])()
            else:
                desk.apply(plan_of(*item))
        except EditError:
            pass
    before = {item.id: item.target for item in desk.session.draft.units}
    pairs = zip(THREE.units, theirs, strict=True)
    units = tuple(item if text is None else replace(item, target=text) for item, text in pairs)
    write_draft(replace(THREE, units=units), path)
    desk.notice()
    after = {item.id: item.target for item in desk.session.draft.units}
    for item in THREE.units:
        if before.get(item.id) != item.target and item.id in before:
            assert before[item.id] in (after.get(item.id), desk.conflicts.get(item.id))
    for item, text in zip(units, theirs, strict=True):
        if text is not None and text != before.get(item.id) and item.id not in desk.conflicts:
            # theirs stands, unless a split, a join or a later edit of ours was made on just that text
            assert after.get(item.id) == text or item.id not in after or after[item.id] == before.get(item.id)
    after_texts = texts(desk.session.draft)
    conflicts = desk.conflicts
    desk.journal.close()
    desk._lock.release()
    again = Desk(path, Plain)
    assert texts(again.session.draft) == after_texts and again.conflicts == conflicts
    again.close()


def test_a_draft_file_that_was_deleted_is_written_anew(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Kept."))
    path.unlink()
    desk.close()
    assert read_draft(path).units[1].target == "Kept."


def test_what_another_program_broke_is_left_and_ours_goes_beside_it(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Kept."))
    path.write_text("<broken")
    with pytest.raises(DraftError, match=r"the draft as edited is in draft\.rescued\.xlf"):
        desk.close()
    assert path.read_text() == "<broken"
    assert read_draft(tmp_path / "draft.rescued.xlf").units[1].target == "Kept."


def test_a_journal_of_a_newer_bulletin_is_refused(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    line = json.dumps({"do": "open", "n": 1, "at": "", "base": "00", "upto": 99}) + "\n"
    journal_path(path).write_text(line)
    with pytest.raises(DraftError, match="newer bulletin"):
        Desk(path, Plain)
    assert journal_path(path).read_text() == line


def test_what_is_typed_while_the_draft_is_being_written_is_not_lost(tmp_path, monkeypatch):
    from bulletin.web import desk as module

    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)
    desk = Desk(path, Plain)
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Before."))
    real = module.dump_draft

    def slow(*given):
        monkeypatch.setattr(module, "dump_draft", real)
        desk.apply(lambda d: edits.set_text(d, "b2.s1", "Meanwhile."))
        return real(*given)

    monkeypatch.setattr(module, "dump_draft", slow)
    assert desk.fold() and desk.unfolded
    assert [item.target for item in read_draft(path).units[1:]] == ["Before.", "A photo."]
    desk.journal.close()
    desk._lock.release()
    desk = Desk(path, Plain)
    assert desk.session.unit("b2.s1").target == "Meanwhile." and desk.conflicts == {}
    # a program that writes the file now meets that edit alone
    theirs = replace(THREE.units[1], target="Theirs.")
    write_draft(replace(THREE, units=(THREE.units[0], theirs, THREE.units[2])), path)
    desk.notice()
    assert [item.target for item in desk.session.draft.units[1:]] == ["Theirs.", "Meanwhile."]
    assert desk.conflicts == {}
    desk.close()


def test_a_broken_glossary_does_not_keep_the_draft_from_the_disk(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(THREE, path)

    def load():
        raise GlossaryError("own.csv:1: broken")

    desk = Desk(path, lambda given: Checker(load, given))
    desk.apply(lambda d: edits.set_text(d, "b1.s2", "Kept."))
    with pytest.raises(GlossaryError):
        desk.recheck()
    desk.close()
    assert read_draft(path).units[1].target == "Kept."
