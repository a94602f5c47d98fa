// The rows on the page: finding them, and bringing them up to what the server says.

export const list = document.getElementById("rows");
export const row = (id) => document.getElementById(`row-${id}`);
export const field = (id) => document.getElementById(`english-${id}`);
export const all = () => [...list.children];
export const idOf = (element) => element?.closest?.(".row")?.dataset.id;

const grows = CSS.supports("field-sizing", "content");

// Browsers that cannot size a field by its text get it done here.
export function fit(area) {
  if (grows) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

export function setText(area, text) {
  if (area.value === text) return;
  const before = area.value;
  area.value = text;
  fit(area);
  if (document.activeElement !== area) return;
  // the cursor goes to the end of what changed
  let end = 0;
  const most = Math.min(before.length, text.length);
  while (end < most && before.at(-1 - end) === text.at(-1 - end)) end += 1;
  area.setSelectionRange(text.length - end, text.length - end);
}

export function setState(element, state) {
  element.dataset.state = state;
  element.querySelector(".state select").value = state;
}

// Put HTML of the server's into a part of a row, if it is not what it put there last.
const painted = new WeakMap();
export function paint(part, html) {
  if (painted.get(part) === html) return;
  part.innerHTML = html;
  painted.set(part, html);
}

// Bring the list into the server's order; rows that it does not name go, rows that came are put in.
// Gives the ids of those that came.
export function reorder(order, made) {
  if (String(order) === String(all().map((element) => element.dataset.id))) return [];
  const came = [];
  const wanted = new Set(order);
  for (const element of all()) {
    if (wanted.has(element.dataset.id)) continue;
    const panel = element.querySelector("#panel");
    if (panel) document.querySelector(".side").prepend(panel);
    element.remove();
  }
  let before = null;
  for (const id of order) {
    let element = row(id);
    if (!element && made.has(id)) {
      const holder = document.createElement("template");
      holder.innerHTML = made.get(id).trim();
      element = holder.content.firstElementChild;
      if (before) before.after(element);
      else list.prepend(element);
      fit(element.querySelector("textarea"));
      came.push(id);
    }
    if (element) before = element;
  }
  all().forEach((element, place) => {
    element.querySelector(".n").textContent = place + 1;
    const kind = element.dataset.kind;
    element.querySelector("textarea").setAttribute("aria-label", `English of segment ${place + 1}, ${kind}`);
    element.querySelector("select").setAttribute("aria-label", `State of segment ${place + 1}`);
  });
  return came;
}

export function neighbour(id, step, fits = () => true) {
  const rows = all();
  const start = rows.findIndex((element) => element.dataset.id === id);
  for (let place = start + step; place >= 0 && place < rows.length; place += step) {
    if (fits(rows[place])) return rows[place].dataset.id;
  }
  return null;
}

export function focusRow(id) {
  const area = field(id);
  if (!area) return;
  area.focus({ preventScroll: true });
  row(id).scrollIntoView({ block: "nearest" });
}

if (!grows) {
  // only what is in view: measuring all of them would take as long as laying them all out
  const seen = new IntersectionObserver((entries) => {
    for (const each of entries) if (each.isIntersecting) fit(each.target.querySelector("textarea"));
  });
  for (const element of all()) seen.observe(element);
}
