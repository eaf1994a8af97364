// How do the grid, the panel, the keys and dragging work together on the planner's board?

import { Grid } from "./grid.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { allowDragging } from "./drag.js";
import { made } from "./parts.js";

const MOST_CODES = 24;
// How often one edit is sent while others keep on changing other shifts.
const MOST_TRIES = 3;
// Undo and redo touch any shift; of an answer nobody says whether others changed more meanwhile.
const WIDE = /\/board\/|\/answer$/;
// The end of an address that asks for the focus on the first gap.
const AT_GAP = "#gap";

const root = document.getElementById("board");
const texts = root.dataset;
const said = document.getElementById("said");
const grid = new Grid(root, texts);
const panel = new Panel(document.getElementById("panel"), texts);

function say(text, kind = "") {
  said.textContent = text;
  said.className = `note${kind ? ` note--${kind}` : ""}`;
  said.hidden = !text;
}

// What the server answers; null when nothing came back or the session is over, and then that has been seen to.
async function ask(address, body) {
  const options = { method: body ? "POST" : "GET", body, headers: { "X-Board": "1" } };
  const answer = await fetch(address, options).catch(() => null);
  if (!answer) say(texts.silent, "brick");
  else if (body && (answer.status === 401 || answer.status === 403)) sendAsPage(address, body);
  else if (answer.status === 401) window.location.reload();
  else return answer;
  return null;
}

// The same edit as a form of a page: the sign-in keeps it until somebody signed in.
function sendAsPage(address, body) {
  const form = made("form", "");
  Object.assign(form, { action: address, method: "post", hidden: true });
  for (const [name, value] of body) form.append(Object.assign(made("input", ""), { name, value }));
  document.body.append(form);
  form.submit();
}

async function load() {
  const answer = await ask(texts.source);
  if (!answer) return;
  if (!answer.ok) return say(texts.failed, "brick");
  grid.show(await answer.json());
  update(grid.data);
  legend();
  panel.showGaps(grid.gaps());
  root.dataset.ready = "1";
}

// What one edit gave back: the chips that changed, the measures, the sentence and the new edition.
function update({ edition, undo, redo, dock, standing }) {
  grid.data.edition = edition;
  if (standing) document.getElementById("standing").textContent = standing;
  for (const form of document.querySelectorAll("form[data-step]")) {
    form.elements.edition.value = edition;
    form.elements.seen.value = form.dataset.step === "undo" ? undo : redo;
    form.querySelector("button").disabled = !form.elements.seen.value;
  }
  if (dock) document.getElementById("dock").innerHTML = dock;
}

// Which house do two letters stand for? Only while a reader can find them in a line or two.
function legend() {
  const list = document.getElementById("codes");
  list.hidden = !grid.dense || grid.data.by !== "expert" || grid.codes.size > MOST_CODES;
  if (list.hidden) return;
  list.replaceChildren(
    ...[...grid.codes].map(([house, code]) => {
      const item = made("li", "");
      item.append(made("b", "", code), ` ${house}`);
      return item;
    }),
  );
}

// What the panel shows of a shift; null when that cannot be had, and then the planner has been told.
async function read(address) {
  const answer = await ask(address);
  if (answer?.ok) return answer.text();
  if (answer?.status === 404) await gone();
  else if (answer) say(texts.failed, "brick");
  return null;
}

async function gone() {
  close();
  await load();
  say(texts.gone, "light");
}

// The shift that an edit with this address changes; undefined for an edit of several, or of none in this view.
function shiftOf(address) {
  const id = /\/shifts\/([^/]+)\/(?:un)?(?:assign|pin)$/.exec(address)?.[1];
  return id && grid.data.shifts[decodeURIComponent(id)];
}

// When others changed the roster meanwhile but not this shift, the edit is what the planner still wants.
async function send(address, fields, tries = MOST_TRIES) {
  const body = new URLSearchParams({
    csrf: texts.csrf,
    key: crypto.randomUUID(),
    window: texts.window,
    edition: grid.data.edition,
    ...fields,
  });
  const answer = await ask(address, body);
  if (!answer) return;
  if (answer.status === 404) return gone();
  const kind = answer.headers.get("Content-Type") ?? "";
  if (!kind.includes("json")) return say(texts.failed, "brick");
  const result = await answer.json();
  if (!answer.ok) {
    if (!result.stale) return say(result.said, "brick");
    const seen = JSON.stringify(shiftOf(address));
    await load();
    if (tries > 1 && seen && seen === JSON.stringify(shiftOf(address))) return send(address, fields, tries - 1);
    await panel.refresh();
    return say(texts.stale, "light");
  }
  const wide = result.meanwhile || grid.data.by === "expert" || WIDE.test(address);
  if (wide) await load();
  else grid.change(result.shifts);
  // What was read after the edit is the newest that the planner has seen.
  const { edition, undo, redo } = wide ? grid.data : result;
  update({ ...result, edition, undo, redo });
  say([result.said, ...result.broken].join(" "), result.broken.length ? "light" : "");
  panel.refresh();
  return result;
}

async function choose(id) {
  grid.select(id);
  await panel.open(id);
}

function close() {
  if (!panel.id) return;
  panel.close();
  panel.showGaps(grid.gaps());
  grid.select(null);
  grid.focus();
}

const isOpen = (chip) => chip.missing && !chip.past;

function goToWeek(week) {
  window.location.assign(`${texts.week.replace("WEEK", week)}${AT_GAP}`);
}

const act = {
  choose,
  close,
  // The next gap of this view, else the first of the next week that has one, else round again.
  nextGap() {
    if (grid.next(isOpen)) return;
    const { week, gap_weeks: weeks } = grid.data;
    const later = week === null ? undefined : weeks.find((one) => one > week);
    if (later !== undefined) return goToWeek(later);
    if (grid.next(isOpen, true)) return;
    const other = week === null ? undefined : weeks.find((one) => one !== week);
    if (other !== undefined) return goToWeek(other);
    say(texts.none);
  },
  // The first person of the chip that has the focus, or of the shift that is open in the panel.
  async pin(target) {
    const id = target.closest("[data-chip]")?.dataset.chip ?? (target.closest("#panel") ? panel.id : null);
    const shift = grid.data.shifts[id];
    const person = shift?.past ? undefined : shift?.people[0];
    if (person) await send(panel.address(id, person.pinned ? "unpin" : "pin"), { expert: person.id });
  },
  step(name) {
    const form = document.querySelector(`form[data-step="${name}"]`);
    if (form.querySelector("button").disabled) return say(texts[name]);
    return send(form.action, { seen: form.elements.seen.value });
  },
  // Off one shift and on another; when the second is refused, the first is taken back.
  async move(expert, from, to) {
    if (from && !(await send(panel.address(from, "unassign"), { expert }))) return;
    if (await send(panel.address(to, "assign"), { expert })) return;
    const refused = said.textContent;
    if (from && (await act.step("undo"))) say(refused, "brick");
  },
};

panel.send = send;
panel.read = read;
panel.onChoose = choose;
panel.onClose = close;
grid.onChoose = choose;
listen(root, grid, act);
allowDragging(root, grid, act);
for (const form of document.querySelectorAll("form[data-step]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act.step(form.dataset.step);
  });
}
load().then(() => {
  if (window.location.hash === AT_GAP && !grid.next(isOpen)) say(texts.none);
});
