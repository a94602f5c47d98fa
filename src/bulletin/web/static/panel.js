// What is at hand for the active segment: terms, the machine's version, the memory, the model; the preview.

import { get, post, segmentPath } from "./net.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";

const hand = document.getElementById("hand");
const memory = document.getElementById("memory");
const model = document.getElementById("model");
const asked = model?.innerHTML;
const frame = document.querySelector("#preview iframe");
const DETERMINERS = /(?:^|\s)(?:the|a|an|this|that|its|his|her|their|our|\w+['’]s?)\s+$/i;

export let activeId = null;
let handId = null; // whose terms and machine version the panel shows: an answer takes its time

export function activate(id) {
  if (activeId === id) return;
  if (activeId) {
    const old = rows.row(activeId);
    old?.classList.remove("active");
    old?.querySelectorAll(".term, .state select").forEach((each) => (each.tabIndex = -1));
    saving.left(activeId);
  }
  activeId = id;
  const element = rows.row(id);
  element.classList.add("active");
  reachable(element);
  saving.active(id);
  place();
  // what stood under the row before may have pushed this one out of sight
  if (small.matches) {
    const show = () => {
      const tall = element.offsetHeight > innerHeight * 0.8;
      element.scrollIntoView({ block: tall ? "start" : "nearest" });
    };
    show();
    requestAnimationFrame(show);
  }
  told = standing(element);
  if (model) model.innerHTML = asked;
  memory.replaceChildren();
  setTimeout(() => activeId === id && load(id), 40);
  follow();
}

// In a small window what is at hand stands under the segment, else in a column of its own.
const panel = document.getElementById("panel");
const home = panel.parentElement;
const small = matchMedia("(max-width: 50rem), (max-height: 30rem)");
function place() {
  const element = activeId && rows.row(activeId);
  if (small.matches && element) element.append(panel);
  else if (panel.parentElement !== home) home.prepend(panel);
}
small.addEventListener("change", place);

function reachable(element) {
  element.querySelectorAll(".term, .state select").forEach((each) => (each.tabIndex = 0));
}

async function load(id) {
  await refresh(id);
  try {
    const answer = await get(segmentPath(id, "/matches"));
    if (activeId === id) memory.innerHTML = answer.html;
  } catch (error) {
    if (activeId === id) memory.textContent = error.message;
  }
}

let asking = 0;
async function refresh(id) {
  const turn = ++asking;
  try {
    const answer = await get(segmentPath(id, "/panel"));
    // answers may overtake one another; only the last question's counts
    if (activeId !== id || turn !== asking) return;
    rows.paint(hand, answer.html);
    handId = id;
    const element = rows.row(id);
    const source = element.querySelector(".source");
    if (!source.contains(document.activeElement)) rows.paint(source, answer.source);
    tell(element, answer.findings);
    reachable(element);
  } catch (error) {
    if (activeId === id) hand.textContent = error.message;
  }
}

// A finding that came or went is said, once, to those who cannot see it.
let told = [];
const standing = (element) =>
  [...element.querySelectorAll(".findings .error, .findings .warning")].map((each) => each.textContent.trim());

function tell(element, html) {
  const part = element.querySelector(".findings");
  rows.paint(part, html);
  const now = standing(element);
  const before = told;
  told = now;
  if (String(before) === String(now)) return;
  const fresh = now.find((each) => !before.includes(each));
  if (fresh) saving.say(fresh);
  else saving.say(now.length ? `${now.length} left in this segment` : "Nothing left to mend in this segment");
}

saving.onChange((answer) => {
  const mine = answer.rows.find((each) => each.id === activeId);
  if (mine) {
    // it was said of the English before this change
    model?.querySelectorAll(".doubt").forEach((each) => each.remove());
    refresh(activeId);
  }
  if (answer.rows.length) renewPreview();
});

export function insert(text) {
  const area = rows.field(activeId);
  if (!area) return;
  // what was typed before, then this: two steps for undo
  saving.flush(activeId);
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
  saving.flush(activeId, null, true);
}

export function insertTerm(number) {
  if (!activeId) return undefined;
  const button = listed(number);
  if (button) return insertEnglish(button);
  const term = rows.row(activeId)?.querySelector(`.term[data-number="${number}"]`);
  return term ? insertEnglish(term) : saving.say(`There is no term ${number} here`);
}

const listed = (number) => handId === activeId && hand.querySelector(`.insert[data-number="${number}"]`);

function insertEnglish(element) {
  const area = rows.field(activeId);
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  let text = element.dataset.english;
  const starts = !before.trim() || /[.!?:]["”’]?\s*$/.test(before);
  if (element.dataset.article !== undefined && !DETERMINERS.test(before)) text = `${starts ? "The" : "the"} ${text}`;
  else if (starts) text = text[0].toUpperCase() + text.slice(1);
  if (before && !/[\s("“‘-]$/.test(before)) text = ` ${text}`;
  if (/^\w/.test(after)) text = `${text} `;
  insert(text);
}

export function takeText(text) {
  const area = rows.field(activeId);
  if (!area) return;
  area.select();
  insert(text);
}

export const takeMachine = () => {
  const button = handId === activeId && hand.querySelector(".take");
  if (button) takeText(button.dataset.text);
  else saving.say("The English is the machine’s already");
};

export const takeMatch = (number) => {
  const button = memory.querySelectorAll(".take")[number - 1];
  if (button) takeText(button.dataset.text);
  else saving.say(`The memory offers no match ${number}`);
};

export async function ask() {
  if (!model || !activeId) return;
  const offered = model.querySelector(".take");
  if (offered) {
    offered.focus();
    return;
  }
  const id = activeId;
  saving.say("The model is asked …");
  model.setAttribute("aria-busy", "true");
  try {
    await saving.flush(id);
    const answer = await post(segmentPath(id, "/alternatives"));
    if (activeId === id) model.innerHTML = answer.html;
    const many = model.querySelectorAll(".take").length;
    const offers = many ? `${many} alternatives; Alt+A goes to the first` : "The model says nothing else";
    saving.say([...answer.doubts, offers].join(". "));
  } catch (error) {
    saving.say(error.message);
  } finally {
    model.removeAttribute("aria-busy");
  }
}

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".insert")) insertEnglish(button);
  else if (button.matches(".take")) takeText(button.dataset.text);
});

// The English of a term, on hover and on focus; Escape puts it away.
const tip = document.createElement("div");
tip.id = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

function showTip(event) {
  const term = event.target.closest?.(".term");
  if (!term) return;
  const number = Number(term.dataset.number);
  tip.textContent = term.dataset.english + (idKey(term, number) ? `   Alt+${number}` : "");
  tip.hidden = false;
  const place = term.getClientRects()[0];
  const size = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(place.left, innerWidth - size.width - 8))}px`;
  const above = place.top - size.height - 4;
  tip.style.top = `${above > 4 ? above : place.bottom + 4}px`;
}
const idKey = (term, number) => number <= 9 && rows.idOf(term) === activeId;
const hideTip = () => (tip.hidden = true);
for (const name of ["pointerover", "focusin"]) rows.list.addEventListener(name, showTip);
for (const name of ["pointerout", "focusout"]) {
  rows.list.addEventListener(name, (event) => {
    if (event.relatedTarget !== tip) hideTip();
  });
}
tip.addEventListener("pointerleave", hideTip);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
document.querySelector("main").addEventListener("scroll", hideTip, { passive: true });

rows.list.addEventListener("mousedown", (event) => {
  // so that a click on a term does not take the cursor out of the English
  if (event.target.closest(".term") && rows.idOf(event.target) === activeId && event.detail < 2) {
    if (document.activeElement === rows.field(activeId)) event.preventDefault();
  }
});
rows.list.addEventListener("keydown", (event) => {
  if (!event.target.matches(".term") || (event.key !== "Enter" && event.key !== " ") || event.ctrlKey) return;
  event.preventDefault();
  event.target.click();
});
rows.list.addEventListener("click", (event) => {
  const term = event.target.closest(".term");
  if (!term || !getSelection().isCollapsed) return;
  if (rows.idOf(term) !== activeId) rows.focusRow(rows.idOf(term));
  else insertEnglish(listed(term.dataset.number) || term);
});

// Preview
let waiting = 0;
export function preview() {
  const box = document.getElementById("preview");
  const on = box.hidden;
  box.hidden = !on;
  document.getElementById("panel").hidden = on;
  document.querySelector(".desk").classList.toggle("previewing", on);
  document.querySelector('[data-do="preview"]').setAttribute("aria-pressed", on);
  followed = null;
  if (on) saving.flushAll().then(loadPreview);
}

function renewPreview() {
  if (document.getElementById("preview").hidden) return;
  clearTimeout(waiting);
  waiting = setTimeout(loadPreview, 600);
}

let followed = null;
// Bring the paragraph that is being worked on into sight, where the bulletin has its words as they are.
function follow() {
  if (document.getElementById("preview").hidden || followed === activeId) return;
  const words = rows.field(activeId)?.value.trim().slice(0, 40);
  const parts = [...(frame.contentDocument?.querySelectorAll("h1, h2, h3, p, li, figcaption") ?? [])];
  const part = words && parts.find((each) => each.textContent.includes(words));
  if (!part) return;
  part.scrollIntoView({ block: "center" });
  followed = activeId;
}

function loadPreview() {
  const at = frame.contentWindow?.scrollY ?? 0;
  const show = () => {
    frame.contentWindow.scrollTo(0, at);
    follow();
  };
  frame.addEventListener("load", show, { once: true });
  frame.contentWindow.location.replace(`${location.origin}/preview`);
}
