// The editor: focus, keys and buttons; each part does its own work.

import * as dialogs from "./dialogs.js";
import * as find from "./find.js";
import { post, segmentPath } from "./net.js";
import * as panel from "./panel.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";

const STATES = ["initial", "translated", "reviewed", "final"];
const confirmState = document.getElementById("confirm-state");
const stored = localStorage.getItem("bulletin-confirms");
if (STATES.includes(stored)) confirmState.value = stored;
confirmState.addEventListener("change", () => localStorage.setItem("bulletin-confirms", confirmState.value));

// Focus and typing
rows.list.addEventListener("focusin", (event) => {
  const id = rows.idOf(event.target);
  if (id) panel.activate(id);
});
rows.list.addEventListener("pointerdown", (event) => {
  const element = event.target.closest(".row");
  // a click on a row, but not into its Vietnamese (which may be selected), puts the cursor in it
  if (element && !event.target.closest(".source, textarea, select, button, .conflict, #panel")) {
    event.preventDefault();
    rows.focusRow(element.dataset.id);
  } else if (element) panel.activate(element.dataset.id);
});
rows.list.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) {
    saving.active(rows.idOf(event.target));
    saving.typed(rows.idOf(event.target));
  }
});
rows.list.addEventListener("change", async (event) => {
  if (!event.target.matches(".state select")) return;
  const id = rows.idOf(event.target);
  await saving.flush(id, event.target.value);
});
rows.list.addEventListener("click", (event) => {
  // a click into the Vietnamese that selects nothing puts the cursor into the English
  const source = event.target.closest(".source");
  if (source && !event.target.closest(".term") && getSelection().isCollapsed) rows.focusRow(rows.idOf(source));
});
for (const name of ["keydown", "pointermove", "wheel"]) {
  rows.list.addEventListener(name, () => panel.activeId && saving.active(panel.activeId), { passive: true });
}

function confirm() {
  const id = panel.activeId;
  if (!id) return;
  let state = confirmState.value;
  const now = rows.row(id).dataset.state;
  // confirming never takes back what was signed off and has not been changed
  if (STATES.indexOf(now) > STATES.indexOf(state) && !saving.dirty(id)) state = now;
  saving.flush(id, state);
  rows.setState(rows.row(id), state);
  const open = (element) => STATES.indexOf(element.dataset.state) < STATES.indexOf(confirmState.value);
  const next = rows.neighbour(id, 1, open) ?? rows.all().find(open)?.dataset.id;
  if (next) rows.focusRow(next);
  else saving.say("Every segment is confirmed");
}

const move = (step, fits) => {
  const id = panel.activeId ? rows.neighbour(panel.activeId, step, fits) : rows.all().find(fits ?? (() => true))?.dataset.id;
  if (id) rows.focusRow(id);
  else saving.say(step > 0 ? "None further on" : "None before");
};
const hasFinding = (element) => element.querySelector(".findings .error, .findings .warning");

async function history(which) {
  await saving.flushAll();
  try {
    const answer = await post(`/${which}`);
    const first = answer.changed[0];
    if (first && rows.row(first)) rows.focusRow(first);
    saving.take(answer);
    if (first && rows.row(first)) rows.focusRow(first);
    saving.say(`${which === "undo" ? "Taken back" : "Done again"}: ${answer.label}`);
  } catch (error) {
    saving.say(error.message);
  }
}

async function fold() {
  await saving.flushAll();
  try {
    await post("/fold");
    saving.say("The draft file is written");
  } catch (error) {
    saving.warn(error.message);
  }
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("bulletin-theme", root.dataset.theme);
}

function toHand() {
  const hand = document.querySelector("#panel:not([hidden])") ?? document.querySelector(".side");
  if (hand.contains(document.activeElement)) rows.focusRow(panel.activeId);
  else (hand.querySelector("button") ?? hand).focus();
}

const DO = {
  undo: () => history("undo"),
  redo: () => history("redo"),
  find: find.open,
  "find-previous": () => find.next(-1),
  "find-close": find.close,
  "replace-one": find.replaceOne,
  "replace-all": find.replaceAll,
  preview: panel.preview,
  publish: dialogs.publish,
  keys: dialogs.keys,
  ask: panel.ask,
  theme,
};
document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name) DO[name]();
});

// Keys. Codes, not letters, with Alt: on a Mac Option changes the letter.
const ALT = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  KeyM: panel.takeMachine,
  KeyA: panel.ask,
  KeyX: dialogs.split,
  KeyJ: dialogs.join,
  KeyG: dialogs.addTerm,
  KeyP: panel.preview,
  KeyB: dialogs.publish,
  KeyN: () => move(1, hasFinding),
  Digit0: toHand,
};
const CONTROL = {
  Enter: confirm,
  z: () => history("undo"),
  y: () => history("redo"),
  f: find.open,
  h: find.open,
  s: fold,
};

function keyed(event) {
  if (document.querySelector("dialog[open]")) return null;
  if (event.key === "F1") return dialogs.keys;
  if (event.key === "Escape" && find.isOpen()) return find.close;
  if (event.key === "F3") return () => find.next(event.shiftKey ? -1 : 1);
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "z" && event.shiftKey) return () => history("redo");
    // in the fields of the find bar, what is typed there is taken back by the browser
    if ((key === "z" || key === "y") && event.target.closest(".find")) return null;
    return event.shiftKey ? null : CONTROL[key];
  }
  // AltGr types letters
  if (!event.altKey || control || event.getModifierState("AltGraph")) return null;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit) return event.shiftKey ? () => panel.takeMatch(Number(digit)) : () => panel.insertTerm(Number(digit));
  if (event.code === "KeyN" && event.shiftKey) return () => move(-1, hasFinding);
  return event.shiftKey ? null : ALT[event.code];
}

// A larger text or a narrower window moves everything: the segment that is worked on stays in sight.
addEventListener("resize", () => {
  const element = panel.activeId && rows.row(panel.activeId);
  if (element) requestAnimationFrame(() => element.scrollIntoView({ block: "nearest" }));
});

document.addEventListener("keydown", (event) => {
  const action = event.isComposing ? null : keyed(event);
  if (!action) return;
  event.preventDefault();
  action();
});

// Begin where work is to be done.
const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
for (const element of rows.all()) counts[element.dataset.state] += 1;
saving.showProgress(counts);
const wanted = decodeURIComponent(location.hash.replace(/^#english-/, ""));
const begin = rows.row(wanted) ?? rows.all().find((each) => STATES.indexOf(each.dataset.state) < 2) ?? rows.all()[0];
if (begin) rows.focusRow(begin.dataset.id);
document.documentElement.dataset.ready = "";
// what the file says of the segments may be of an older glossary; a broken one is told beside them
post("/check").then(saving.take, () => {});
performance.mark("bulletin-ready");
