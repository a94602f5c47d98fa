// Find and replace, in the Vietnamese and the English.

import { post } from "./net.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";

const form = document.getElementById("find");
const count = document.getElementById("find-count");
let back = null;

function pattern() {
  const text = form.elements.find.value;
  if (!text) return null;
  let body = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/'/g, "['’]");
  if (form.elements.whole_words.checked) body = `(?<![\\p{L}\\p{N}_])${body}(?![\\p{L}\\p{N}_])`;
  return new RegExp(body, form.elements.match_case.checked ? "gu" : "giu");
}

function hits() {
  const looked = pattern();
  if (!looked) return [];
  const found = [];
  for (const element of rows.all()) {
    const id = element.dataset.id;
    for (const [where, text] of [["source", element.querySelector(".source").textContent], ["english", rows.field(id).value]]) {
      for (const hit of text.matchAll(looked)) found.push({ id, where, start: hit.index, end: hit.index + hit[0].length });
    }
  }
  return found;
}

function show(found) {
  const marked = new Set(found.map((hit) => hit.id));
  for (const element of rows.all()) element.classList.toggle("hit", marked.has(element.dataset.id));
  const english = found.filter((hit) => hit.where === "english").length;
  count.textContent = pattern() ? `${english} in the English, ${found.length - english} in the Vietnamese` : "";
  if (window.Highlight) {
    const ranges = found.filter((hit) => hit.where === "source").slice(0, 500).map(rangeOf).filter(Boolean);
    CSS.highlights.set("found", new Highlight(...ranges));
  }
}

function rangeOf(hit) {
  const walker = document.createTreeWalker(rows.row(hit.id).querySelector(".source"), NodeFilter.SHOW_TEXT);
  const range = new Range();
  let at = 0;
  let begun = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!begun && hit.start < at + node.length) {
      range.setStart(node, hit.start - at);
      begun = true;
    }
    if (begun && hit.end <= at + node.length) {
      range.setEnd(node, hit.end - at);
      return range;
    }
    at += node.length;
  }
  return null;
}

let last = null;
function current() {
  const area = document.activeElement;
  const id = area?.matches?.(".row textarea") ? rows.idOf(area) : null;
  if (id) {
    if (last && last.id === id && last.where === "source" && last.caret === area.selectionStart) return last;
    return { id, where: "english", start: area.selectionStart, end: area.selectionEnd };
  }
  return last;
}

function before(a, b) {
  const order = rows.all().map((element) => element.dataset.id);
  const key = (hit) => [order.indexOf(hit.id), hit.where === "source" ? 0 : 1, hit.start];
  const [x, y] = [key(a), key(b)];
  for (let place = 0; place < 3; place += 1) if (x[place] !== y[place]) return x[place] < y[place];
  return false;
}

export function next(step = 1) {
  const found = hits();
  show(found);
  if (!found.length) return saving.say("Nothing found");
  const here = current();
  let place = step > 0 ? 0 : found.length - 1;
  if (here && step > 0) place = Math.max(0, found.findIndex((hit) => before(here, hit)));
  if (here && step < 0) {
    const earlier = found.filter((hit) => before(hit, here));
    place = earlier.length ? earlier.length - 1 : found.length - 1;
  }
  go(found[place]);
  saving.say(`${place + 1} of ${found.length}`);
  return undefined;
}

function go(hit) {
  rows.focusRow(hit.id);
  const area = rows.field(hit.id);
  if (hit.where === "english") area.setSelectionRange(hit.start, hit.end);
  last = { ...hit, caret: area.selectionStart };
}

export function open() {
  const area = document.activeElement;
  if (area?.matches?.(".row textarea")) {
    back = rows.idOf(area);
    const selected = area.value.slice(area.selectionStart, area.selectionEnd);
    if (selected && !selected.includes("\n")) form.elements.find.value = selected;
    last = { id: back, where: "english", start: area.selectionStart - 1, end: area.selectionEnd };
  } else if (String(getSelection()).trim()) form.elements.find.value = String(getSelection()).trim();
  form.hidden = false;
  form.elements.find.select();
  form.elements.find.focus();
  show(hits());
}

export const isOpen = () => !form.hidden;

export function close() {
  form.hidden = true;
  for (const element of rows.all()) element.classList.remove("hit");
  CSS.highlights?.delete("found");
  // where the search has led, else where it began
  const there = rows.idOf(document.activeElement) ?? back;
  if (there) rows.focusRow(there);
}

export function replaceOne() {
  const looked = pattern();
  const here = last;
  if (here?.where === "english" && rows.field(here.id)) {
    const area = rows.field(here.id);
    const text = area.value.slice(here.start, here.end);
    if (text && text.replace(looked, "") === "") {
      const fresh = form.elements.new.value;
      area.setRangeText(fresh, here.start, here.end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      last = { ...here, start: here.start + fresh.length - 1, caret: area.selectionStart };
      area.focus();
    }
  }
  // what is in the Vietnamese is not replaced
  const found = hits().filter((hit) => hit.where === "english");
  show(hits());
  if (!found.length) return saving.say("Nothing left to replace");
  const from = current();
  go(found.find((hit) => !from || before(from, hit)) ?? found[0]);
  return undefined;
}

export async function replaceAll() {
  const find = form.elements.find.value;
  if (!find) return;
  await saving.flushAll();
  try {
    const answer = await post("/replace", {
      find,
      new: form.elements.new.value,
      match_case: form.elements.match_case.checked,
      whole_words: form.elements.whole_words.checked,
    });
    saving.take(answer);
    show(hits());
    const many = answer.changed.length;
    saving.say(many ? `Replaced in ${many} segment${many > 1 ? "s" : ""}; Ctrl+Z takes it back` : "Nothing to replace");
  } catch (error) {
    saving.say(error.message);
  }
}

form.addEventListener("input", () => show(hits()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  next();
});
