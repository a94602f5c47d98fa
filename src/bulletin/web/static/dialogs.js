// Split, new term, publish, keys.

import { post, segmentPath } from "./net.js";
import * as panel from "./panel.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";

const byId = (id) => document.getElementById(id);
let back = null;

function open(dialog) {
  back = panel.activeId;
  dialog.returnValue = "";
  dialog.showModal();
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => back && rows.focusRow(back));
}

export const keys = () => open(byId("keys"));

// Split
const cut = byId("split");
const [cutSource, cutTarget] = cut.querySelectorAll("textarea");

export function split() {
  const id = panel.activeId;
  if (!id) return;
  const area = rows.field(id);
  const source = rows.row(id).querySelector(".source").textContent;
  cutSource.value = source;
  cutTarget.value = area.value;
  open(cut);
  // a cursor at either end says nothing yet
  const given = area.selectionStart > 0 && area.selectionStart < area.value.length;
  const at = guess(source, given ? area.selectionStart / area.value.length : 0.5);
  const target = given ? area.selectionStart : guess(area.value, at / source.length);
  cutSource.setSelectionRange(at, at);
  cutTarget.setSelectionRange(target, target);
  cutSource.focus();
  halves();
}

// Where a text is most likely cut: after a mark, else between words, near the same share of it.
function guess(source, share) {
  const wanted = share * source.length;
  const places = [...source.matchAll(/\s+/g)].map((hit) => hit.index);
  if (!places.length) return Math.round(source.length / 2);
  const cost = (place) => Math.abs(place - wanted) - (/[.;:!?]/.test(source[place - 1]) ? 40 : source[place - 1] === "," ? 20 : 0);
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

function halves() {
  const [s, t] = [cutSource.selectionStart, cutTarget.selectionStart];
  const parts = [
    [cutSource.value.slice(0, s), cutTarget.value.slice(0, t)],
    [cutSource.value.slice(s), cutTarget.value.slice(t)],
  ];
  cut.querySelectorAll(".halves li").forEach((line, place) => {
    line.textContent = parts[place].map((text) => text.trim() || "(nothing)").join("  =  ");
  });
}
for (const area of [cutSource, cutTarget]) {
  // not "readonly": that would take the cursor away in some browsers
  area.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const name of ["keyup", "pointerup"]) area.addEventListener(name, halves);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      cut.close("ok");
    }
  });
}
cut.addEventListener("close", async () => {
  if (cut.returnValue !== "ok") return;
  const id = back;
  await shape(id, segmentPath(id, "/split"), () => ({
    version: saving.entry(id).version,
    source_at: points(cutSource.value.slice(0, cutSource.selectionStart)),
    target_at: points(cutTarget.value.slice(0, cutTarget.selectionStart)),
  }));
});

// The server counts characters, the browser UTF-16 units.
const points = (text) => [...text].length;

export function join() {
  const id = panel.activeId;
  const next = id && rows.neighbour(id, 1);
  if (!next) return undefined;
  return shape(id, segmentPath(id, "/join"), () => ({
    versions: { [id]: saving.entry(id).version, [next]: saving.entry(next).version },
  }));
}

async function shape(id, path, body) {
  await saving.flushAll();
  try {
    saving.take(await post(path, body()));
    rows.focusRow(id);
  } catch (error) {
    if (error.answer?.rows) saving.take(error.answer);
    saving.say(error.message);
  }
}

// New term
const term = byId("term");
let termSegment = "";
let selected = { vietnamese: "", english: "" };

function select(language, text, segment) {
  if (selected.segment !== segment) selected = { vietnamese: "", english: "", segment };
  selected[language] = text;
}

document.addEventListener("selectionchange", () => {
  const area = document.activeElement;
  if (area?.matches?.(".row textarea")) {
    const text = area.value.slice(area.selectionStart, area.selectionEnd).trim();
    if (text) select("english", text, rows.idOf(area));
    return;
  }
  const selection = getSelection();
  const place = selection.anchorNode?.parentElement?.closest(".source");
  const text = String(selection).trim();
  if (place && text) select("vietnamese", text, rows.idOf(place));
});

export function addTerm() {
  termSegment = selected.segment ?? panel.activeId ?? "";
  const form = term.querySelector("form");
  form.elements.vietnamese.value = selected.vietnamese;
  form.elements.english.value = selected.english;
  term.querySelector(".error").textContent = "";
  open(term);
  (selected.vietnamese ? form.elements.english : form.elements.vietnamese).focus();
}

term.querySelector("form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  const fields = event.target.elements;
  try {
    const answer = await post("/terms", {
      vietnamese: fields.vietnamese.value,
      english: fields.english.value,
      kind: fields.kind.value,
      segment: termSegment,
    });
    selected = { vietnamese: "", english: "" };
    term.close();
    saving.say(`Added to ${answer.file} as ${answer.id}`);
    saving.take(answer);
  } catch (error) {
    term.querySelector(".error").textContent = error.message;
  }
});

// Publish
const out = byId("publish");

export async function publish() {
  await saving.flushAll();
  out.querySelector(".result").replaceChildren();
  open(out);
}

out.querySelector("form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  const formats = [...event.target.querySelectorAll("[name=formats]:checked")].map((each) => each.value);
  const result = out.querySelector(".result");
  result.textContent = "Being written …";
  try {
    result.innerHTML = (await post("/publish", { formats, remember: event.target.elements.remember?.checked ?? false })).html;
  } catch (error) {
    result.textContent = error.message;
  }
});
