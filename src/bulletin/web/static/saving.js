// Saving: what is typed goes to the server within a second; two windows never overwrite each other.

import { get, post, Refused, segmentPath } from "./net.js";
import * as rows from "./rows.js";

const REST = 300; // milliseconds without a key after which what was typed is sent
const LONGEST = 700; // but while typing goes on, it is sent this often
const IDLE = 30000; // a longer pause does not count as work on a segment
const POLL = 1000; // how often news of other windows and programs is asked for

const entries = new Map();
const listeners = [];
let number = Number(document.body.dataset.number);
let offline = false;

export const onChange = (listener) => listeners.push(listener);
export const say = (text) => {
  document.getElementById("status").textContent = text;
};

export function entry(id) {
  if (!entries.has(id)) {
    const element = rows.row(id);
    entries.set(id, {
      version: Number(element.dataset.version),
      // as the server sent it, whatever has been typed since
      saved: rows.field(id).defaultValue,
      sending: 0,
      queue: Promise.resolve(),
      first: 0,
      owed: null,
      ms: 0,
      conflict: false,
    });
  }
  return entries.get(id);
}

export const dirty = (id) => rows.field(id) && rows.field(id).value !== entry(id).saved;

function mark(id, text) {
  const place = rows.row(id)?.querySelector(".saving");
  if (place) place.textContent = text;
}

// Time at work: counted between two things done in one segment.
let last = { id: null, at: 0 };
export function active(id) {
  const now = performance.now();
  if (id && last.id === id && now - last.at < IDLE) entry(id).ms += now - last.at;
  last = { id, at: now };
}

function takeTime(id) {
  const spent = Math.round(entry(id).ms);
  entry(id).ms = 0;
  return spent;
}

export function typed(id) {
  const it = entry(id);
  rows.fit(rows.field(id));
  if (it.conflict) return;
  mark(id, "…");
  const now = performance.now();
  if (!it.timer) it.first = now;
  clearTimeout(it.timer);
  const wait = Math.max(0, Math.min(REST, it.first + LONGEST - now));
  it.timer = setTimeout(() => flush(id), wait);
}

// Send a segment's text as it is now, after what is being sent of it already. "whole" makes it a step
// of its own for undo.
export function flush(id, state = null, whole = false) {
  const it = entry(id);
  clearTimeout(it.timer);
  it.timer = 0;
  const text = rows.field(id)?.value;
  it.queue = it.queue.then(() => send(id, text, state, whole));
  return it.queue;
}

export const flushAll = () =>
  Promise.all([...entries.keys()].filter((id) => rows.row(id)).map((id) => (dirty(id) ? flush(id) : entry(id).queue)));

async function send(id, text, state, whole) {
  const it = entry(id);
  if (!rows.field(id) || it.conflict || (text === it.saved && !state)) return;
  it.sending += 1;
  mark(id, "Saving…");
  const ms = takeTime(id);
  try {
    const answer = await post(segmentPath(id), { text, version: it.version, state, whole, ms });
    it.saved = text;
    backOnline();
    take(answer, id);
    mark(id, dirty(id) ? "…" : "Saved");
  } catch (error) {
    it.ms += ms;
    if (error instanceof Refused && error.status === 409) conflict(id, error.answer, state);
    else if (error instanceof Refused) {
      mark(id, "Not saved");
      say(error.message);
      // the disk may have room again: what is refused for good is only what was asked wrongly
      if (error.status >= 500) again(id, state, whole, 2000);
    } else {
      goOffline();
      again(id, state, whole, 1000);
    }
  } finally {
    it.sending -= 1;
  }
}

// Send it once more in a while. A state that was not taken is still owed, whatever is typed after it.
function again(id, state, whole, wait) {
  const it = entry(id);
  it.owed = state ?? it.owed;
  clearTimeout(it.again);
  it.again = setTimeout(() => {
    const owed = it.owed;
    it.owed = null;
    flush(id, owed, whole);
  }, wait);
}

function goOffline() {
  if (offline) return;
  offline = true;
  warn("Not saved: the editor’s program does not answer. Keep this window open, and start it again.");
}

function backOnline() {
  if (offline) warn("");
  offline = false;
}

export function warn(text) {
  const box = document.getElementById("warning");
  box.hidden = !text;
  if (box.textContent !== text) box.textContent = text;
}

// What the server says now. Rows that are being typed in keep what is typed.
export function take(answer, own = null) {
  if (answer.order) {
    const came = rows.reorder(answer.order, new Map(answer.rows.map((each) => [each.id, each.html])));
    // what was known of a row that went and came again is of the past
    for (const id of came) entries.delete(id);
  }
  for (const each of answer.rows) takeRow(each, each.id === own);
  if (answer.progress) showProgress(answer.progress);
  if (answer.warning !== undefined && !offline) warn(answer.warning);
  if (answer.conflicts) diskConflicts(answer.conflicts);
  for (const listener of listeners) listener(answer, own);
}

function takeRow(each, own) {
  const element = rows.row(each.id);
  if (!element) return;
  const it = entry(each.id);
  if (!own && (each.version <= it.version || it.sending)) {
    if (each.version === it.version) paint(element, each);
    return;
  }
  const untouched = own || !dirty(each.id);
  if (!untouched) {
    // typed here and changed there: the next save would be refused, so say it now
    conflict(each.id, { rows: [each] });
    return;
  }
  it.version = each.version;
  element.dataset.version = each.version;
  if (!own) {
    it.saved = each.target;
    rows.setText(rows.field(each.id), each.target);
    it.saved = rows.field(each.id).value;
  }
  rows.setState(element, each.state);
  paint(element, each);
}

function paint(element, each) {
  rows.paint(element.querySelector(".source"), each.source);
  rows.paint(element.querySelector(".findings"), each.findings);
}

export function showProgress(counts) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0) || 1;
  for (const [state, count] of Object.entries(counts)) {
    document.querySelector(`.part.${state}`).style.width = `${(100 * count) / total}%`;
  }
  const done = (counts.reviewed ?? 0) + (counts.final ?? 0);
  const text = `${done} of ${total} reviewed`;
  document.querySelector("#progress .figures").textContent = text;
  document.getElementById("progress").setAttribute("aria-label", `${text}, ${counts.final ?? 0} of them final`);
}

function box(id, title, mine, theirs, keep, leave) {
  const element = rows.row(id);
  element.querySelector(".conflict")?.remove();
  element.classList.add("conflicting");
  const made = document.createElement("div");
  made.className = "conflict";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", title);
  const paragraph = document.createElement("p");
  paragraph.textContent = title;
  const both = document.createElement("div");
  both.className = "both";
  for (const [name, text] of [["Yours", mine], ["There now", theirs]]) {
    const part = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = name;
    const body = document.createElement("span");
    body.lang = "en-GB";
    body.textContent = text || "(empty)";
    part.append(head, body);
    both.append(part);
  }
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  for (const [name, what] of [["Keep yours", keep], ["Take what is there", leave]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      made.remove();
      element.classList.remove("conflicting");
      what();
      rows.focusRow(id);
    });
    buttons.append(button);
  }
  made.append(paragraph, both, buttons);
  element.querySelector(".english").append(made);
  element.scrollIntoView({ block: "nearest" });
  say(`Conflict in segment ${element.querySelector(".n").textContent}: both texts are shown there.`);
  return made;
}

function conflict(id, answer, state = null) {
  const now = answer.rows.find((each) => each.id === id);
  const it = entry(id);
  const area = rows.field(id);
  if (!area) return;
  mark(id, "Not saved");
  if (!now) {
    warn(`Segment ${id} is not in the draft any more. Your English was: ${area.value}`);
    return;
  }
  if (now.target === area.value) {
    it.version = now.version;
    it.saved = now.target;
    rows.setState(rows.row(id), now.state);
    mark(id, "Saved");
    // the same text on both sides: only the state is still to be said
    if (state && state !== now.state) flush(id, state);
    return;
  }
  it.conflict = true;
  const settle = () => {
    it.conflict = false;
    it.version = now.version;
    it.saved = now.target;
  };
  const title = "This segment was changed in another window while you typed here. Nothing is overwritten.";
  box(id, title, area.value, now.target,
    () => {
      settle();
      flush(id);
    },
    () => {
      settle();
      rows.setText(area, now.target);
      rows.setState(rows.row(id), now.state);
      paint(rows.row(id), now);
      mark(id, "");
    },
  );
}

// Conflicts with what another program wrote to the draft file: kept until a person, here or in
// another window, has decided.
const decided = new Set();
function diskConflicts(open) {
  for (const id of decided) if (!(id in open)) decided.delete(id);
  for (const element of document.querySelectorAll(".conflict[data-disk]")) {
    const id = rows.idOf(element);
    if (id in open) continue;
    element.remove();
    rows.row(id).classList.remove("conflicting");
  }
  for (const [id, text] of Object.entries(open)) if (!decided.has(id)) diskConflict(id, text);
}

function diskConflict(id, text) {
  const element = rows.row(id);
  if (!element) {
    say(`Another program took segment ${id} out of the draft; load the page again to see your English`);
    return;
  }
  if (element.querySelector(".conflict")) return;
  decided.delete(id);
  const resolve = () => {
    decided.add(id);
    return post(segmentPath(id, "/resolve")).catch(() => decided.delete(id));
  };
  const title = "Another program changed this segment in the draft file. Both texts are kept.";
  box(id, title, text, rows.field(id).value,
    () => {
      decided.add(id);
      rows.setText(rows.field(id), text);
      flush(id, null, true).then(resolve);
    },
    resolve,
  ).dataset.disk = "";
}

async function poll() {
  try {
    const answer = await get(`/changes?since=${number}`);
    backOnline();
    number = answer.number;
    take(answer);
  } catch (error) {
    if (error instanceof Refused) warn(error.message);
    else goOffline();
  }
}

setInterval(() => {
  if (!document.hidden || offline) poll();
}, POLL);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) flushAll();
  else poll();
});
window.addEventListener("pagehide", () => flushAll());
window.addEventListener("beforeunload", (event) => {
  if ([...entries.keys()].some((id) => rows.row(id) && dirty(id))) event.preventDefault();
});

// time spent on a segment that is left without an edit
export function left(id) {
  active(id);
  last = { id: null, at: 0 };
  if (!rows.row(id)) return;
  if (dirty(id)) flush(id);
  else if (entry(id).ms > 1000) post(segmentPath(id, "/time"), { ms: takeTime(id) }).catch(() => {});
}

for (const element of document.querySelectorAll(".row[data-conflict]")) {
  diskConflict(element.dataset.id, element.dataset.conflict);
}
for (const element of document.querySelectorAll(".orphan")) {
  element.querySelector(".dismiss").addEventListener("click", () => {
    post(segmentPath(element.dataset.orphan, "/resolve")).then(() => element.remove());
  });
}
