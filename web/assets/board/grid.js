// How does a board of hundreds of rows stay fluid? Only the rows in sight are in the page; heights are computed.

import { bar, codes, hidden, icon, made } from "./parts.js";

// The sign of a state, beside its words; what is only in the draft has a dashed edge.
const MARKS = { gap: "gap", talk: "talk", asked: "clock", yes: "check" };
const SPARE = 4;
// The padding of a cell and the line under it.
const EDGES = 7;
const COLUMN = { dense: "minmax(2.25rem, 1fr)", work: "minmax(8rem, 1fr)", rest: "minmax(6.5rem, .8fr)", empty: "minmax(5.75rem, .4fr)" };

export class Grid {
  constructor(root, texts) {
    Object.assign(this, { root, texts, data: null, rows: [], at: { row: 0, cell: 0, chip: 0 }, selected: null, entered: false });
    this.drawn = new Map();
    this.dense = root.classList.contains("grid--dense");
    root.addEventListener("scroll", () => this.draw(), { passive: true });
    root.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-chip]");
      if (!chip) return;
      event.preventDefault();
      this.onChoose(chip.dataset.chip);
    });
    new ResizeObserver(() => this.draw()).observe(root);
  }

  show(data) {
    this.data = data;
    const style = getComputedStyle(this.root);
    const size = (name) => Number.parseFloat(style.getPropertyValue(name)) * 16;
    this.chipHeight = size("--chip-rem");
    this.leastHeight = size("--row-rem");
    this.codes = codes(Object.values(data.shifts).map((shift) => shift.house));
    const hadFocus = this.root.contains(document.activeElement);
    const columns = data.days.map((day, index) => COLUMN[this.columnKind(day, index)]);
    this.root.style.setProperty("--columns", `var(--name) ${columns.join(" ")}`);
    this.root.setAttribute("aria-rowcount", data.rows.length + 1);
    this.root.setAttribute("aria-colcount", data.days.length + 1);
    this.root.replaceChildren(this.header(), (this.body = made("div", "grid__body")));
    this.body.setAttribute("role", "rowgroup");
    this.measure();
    if (!data.rows.length) this.body.append(made("p", "grid__empty", this.texts.empty));
    this.draw();
    if (hadFocus) this.focus();
  }

  // A weekend day on which nobody works needs little room.
  columnKind(day, index) {
    if (this.dense) return "dense";
    if (!day.rest) return "work";
    return this.data.rows.some((row) => row.cells[index].length) ? "rest" : "empty";
  }

  measure() {
    let top = 0;
    this.rows = this.data.rows.map((row) => {
      const most = Math.max(0, ...row.cells.map((cell) => cell.length));
      const height = Math.max(this.leastHeight, most * this.chipHeight + EDGES);
      const placed = { ...row, top, height };
      top += height;
      return placed;
    });
    this.body.style.height = `${top}px`;
    this.drawn.clear();
    this.body.replaceChildren();
    this.at.row = Math.min(this.at.row, Math.max(0, this.rows.length - 1));
  }

  header() {
    const head = made("div", "grid__head");
    head.setAttribute("role", "rowgroup");
    if (this.dense) {
      const weeks = made("div", "grid__row grid__weeks");
      weeks.setAttribute("aria-hidden", "true");
      weeks.append(made("span", "grid__name"), ...this.data.weeks.map((week) => made("span", "grid__week", week)));
      head.append(weeks);
    }
    const row = made("div", "grid__row");
    row.setAttribute("role", "row");
    row.setAttribute("aria-rowindex", 1);
    const corner = made("div", "grid__name", this.texts.corner);
    corner.setAttribute("role", "columnheader");
    row.append(corner, ...this.data.days.map((day) => this.day(day)));
    head.append(row);
    return head;
  }

  day(day) {
    const cell = made("div", `grid__day${day.rest ? " is-rest" : ""}${day.today ? " is-today" : ""}${day.week ? " is-week" : ""}`);
    cell.setAttribute("role", "columnheader");
    if (!this.dense) cell.textContent = day.label;
    else {
      cell.setAttribute("aria-label", day.label);
      cell.append(made("span", "", day.short), made("span", "", day.number));
    }
    return cell;
  }

  inSight() {
    const head = this.root.firstElementChild.offsetHeight;
    const first = this.rowAt(this.root.scrollTop) - SPARE;
    const last = this.rowAt(this.root.scrollTop + this.root.clientHeight - head) + SPARE;
    return [Math.max(0, first), Math.min(this.rows.length - 1, last)];
  }

  rowAt(top) {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle].top <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  draw() {
    if (!this.data?.rows.length) return;
    const [first, last] = this.inSight();
    const keep = document.activeElement?.closest?.(".grid__row")?.dataset.index;
    for (const [index, element] of this.drawn) {
      if ((index >= first && index <= last) || String(index) === keep) continue;
      element.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index <= last; index += 1) {
      if (this.drawn.has(index)) continue;
      const element = this.row(index);
      const after = [...this.drawn.entries()].filter(([other]) => other > index).sort((a, b) => a[0] - b[0])[0];
      this.body.insertBefore(element, after?.[1] ?? null);
      this.drawn.set(index, element);
    }
    this.rove();
  }

  row(index) {
    const data = this.rows[index];
    const row = made("div", "grid__row");
    row.dataset.index = index;
    row.setAttribute("role", "row");
    row.setAttribute("aria-rowindex", index + 2);
    row.style.top = `${data.top}px`;
    row.style.height = `${data.height}px`;
    const name = made("div", "grid__name");
    name.setAttribute("role", "rowheader");
    name.append(made("b", "", data.name));
    if (!this.dense) name.append(made("span", "muted", data.kind));
    name.append(made("span", "muted", data.note));
    if (data.share !== null) name.append(bar(data.share));
    row.append(name, ...data.cells.map((cell, column) => this.cell(cell, column, data)));
    return row;
  }

  cell(ids, column, row) {
    const day = this.data.days[column];
    const cell = made("div", `grid__cell${day.rest ? " is-rest" : ""}${day.week ? " is-week" : ""}`);
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-colindex", column + 2);
    cell.tabIndex = -1;
    if (!ids.length) cell.setAttribute("aria-label", `${row.name}, ${day.label}`);
    cell.append(...ids.map((id) => this.chip(id, row.id)));
    return cell;
  }

  // The chip of a shift; in the row of a person it says what she answered herself.
  chip(id, row) {
    const shift = this.data.shifts[id];
    const byPerson = this.data.by === "expert";
    const own = byPerson ? shift.people.find((person) => person.id === row) : undefined;
    const { state, said } = own && !shift.missing ? own : shift;
    const chip = made("a", this.dense ? `dot dot--${state}` : `chip chip--${state}`);
    chip.dataset.row = row;
    chip.href = `${this.texts.shifts.replace("SHIFT", encodeURIComponent(id))}?window=${this.data.window}`;
    chip.dataset.chip = id;
    chip.tabIndex = -1;
    const what = byPerson ? `${shift.house}, ${shift.what}` : shift.who;
    if (id === this.selected) chip.setAttribute("aria-current", "true");
    if (this.dense) {
      chip.textContent = byPerson ? this.codes.get(shift.house) : shift.when.slice(0, 2);
      if (shift.pinned) chip.classList.add("dot--pinned");
      chip.title = `${shift.when} ${shift.what}, ${what}: ${said}`;
      chip.append(hidden(`${shift.called} ${shift.when} ${shift.what}, ${what}: ${said}`));
    } else {
      chip.title = `${shift.when} ${shift.what}, ${what}: ${said}`;
      const who = made("span", "chip__who");
      who.append(made("span", "", what));
      if (state in MARKS) who.append(icon(this.texts, MARKS[state]));
      if (shift.talk && state !== "talk") who.append(icon(this.texts, MARKS.talk, this.texts.talk));
      if (shift.pinned) who.append(icon(this.texts, "pin", this.texts.pinned));
      chip.append(who, made("span", "chip__when", byPerson ? shift.when : `${shift.when} ${shift.what}`));
      chip.append(hidden(`: ${said}`));
    }
    return chip;
  }

  // New facts about some shifts: their chips are drawn again, the focus stays where it was.
  change(shifts) {
    const focused = document.activeElement?.dataset?.chip;
    Object.assign(this.data.shifts, shifts);
    for (const chip of this.body.querySelectorAll("[data-chip]")) {
      if (!(chip.dataset.chip in shifts)) continue;
      const fresh = this.chip(chip.dataset.chip, chip.dataset.row);
      chip.replaceWith(fresh);
      if (chip.dataset.chip === focused) fresh.focus();
    }
    this.rove();
  }

  select(id) {
    const old = this.selected;
    this.selected = id;
    for (const chip of this.body.querySelectorAll("[data-chip]")) {
      if (chip.dataset.chip === id) chip.setAttribute("aria-current", "true");
      else if (chip.dataset.chip === old) chip.removeAttribute("aria-current");
    }
    if (id) this.goTo(id, false);
  }

  // Roving focus: one thing of the grid is in the tab order, the arrow keys carry it around.
  target() {
    const cell = this.drawn.get(this.at.row)?.querySelectorAll(".grid__cell")[this.at.cell];
    const chips = cell?.querySelectorAll("[data-chip]") ?? [];
    return chips[Math.min(this.at.chip, chips.length - 1)] ?? cell;
  }

  rove() {
    for (const old of this.body.querySelectorAll('[tabindex="0"]')) old.tabIndex = -1;
    const target = this.target() ?? this.body.querySelector(".grid__cell");
    if (target) target.tabIndex = 0;
  }

  walk(down, right) {
    const ids = this.rows[this.at.row]?.cells[this.at.cell] ?? [];
    if (down && ids[this.at.chip + down]) this.at.chip += down;
    else if (down) {
      const row = Math.min(this.rows.length - 1, Math.max(0, this.at.row + down));
      if (row !== this.at.row) this.at.chip = down > 0 ? 0 : Math.max(0, this.rows[row].cells[this.at.cell].length - 1);
      this.at.row = row;
    } else {
      this.at.cell = Math.min(this.data.days.length - 1, Math.max(0, this.at.cell + right));
      this.at.chip = 0;
    }
    this.focus();
  }

  goTo(id, focus = true) {
    const here = this.rows[this.at.row]?.cells[this.at.cell] ?? [];
    const row = here.includes(id) ? this.at.row : this.rows.findIndex((one) => one.cells.some((cell) => cell.includes(id)));
    if (row < 0) return;
    const cell = this.rows[row].cells.findIndex((ids) => ids.includes(id));
    this.at = { row, cell, chip: this.rows[row].cells[cell].indexOf(id) };
    this.entered = true;
    if (focus) this.focus();
    else this.rove();
  }

  focus() {
    const row = this.rows[this.at.row];
    if (!row) return;
    this.entered = true;
    const head = this.root.firstElementChild.offsetHeight;
    if (row.top < this.root.scrollTop) this.root.scrollTop = row.top;
    const bottom = row.top + row.height + head;
    if (bottom > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = bottom - this.root.clientHeight;
    this.draw();
    this.target()?.focus({ preventScroll: false });
  }

  gaps() {
    const open = Object.values(this.data.shifts).filter((chip) => chip.missing && !chip.past);
    return open.sort((a, b) => a.starts.localeCompare(b.starts));
  }

  // Chips in reading order after the focus: day after day, and within a day from top to bottom.
  next(wanted, isRound = false) {
    const order = [];
    let from = 0;
    this.data.days.forEach((_, cell) =>
      this.rows.forEach((row, index) => {
        const isHere = this.entered && index === this.at.row && cell === this.at.cell;
        if (isHere) from = order.length + Math.min(this.at.chip + 1, row.cells[cell].length);
        order.push(...row.cells[cell]);
      }),
    );
    const found = (isRound ? order : order.slice(from)).find((id) => wanted(this.data.shifts[id]));
    if (found) this.goTo(found);
    return found;
  }
}
