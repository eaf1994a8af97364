// What does the panel beside the board show, and how do its buttons change the roster without leaving the page?

import { made } from "./parts.js";

// More than a planner reads from top to bottom; the board shows them all.
const MOST_GAPS = 25;
// What every form of the board carries; the board itself knows the newest of these.
const SENT = new Set(["csrf", "key", "window", "edition"]);

export class Panel {
  constructor(element, texts) {
    Object.assign(this, { element, texts, id: null });
    this.isOver = element.hidden;
    element.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-change]");
      if (!form) return;
      event.preventDefault();
      this.send(form.action, Object.fromEntries([...new FormData(form)].filter(([name]) => !SENT.has(name))));
    });
    element.addEventListener("click", (event) => {
      const gap = event.target.closest("[data-open]");
      if (event.target.closest("[data-close]")) this.onClose();
      if (!gap) return;
      event.preventDefault();
      this.onChoose(gap.dataset.open);
    });
  }

  address(id, change = "") {
    const page = this.texts.shifts.replace("SHIFT", encodeURIComponent(id));
    return change ? `${page}/${change}` : `${page}?window=${this.texts.window}`;
  }

  async open(id) {
    this.id = id;
    this.element.hidden = false;
    await this.refresh();
    this.takeFocus();
  }

  // With its head in sight, also where the panel stands below the board.
  takeFocus() {
    this.element.focus({ preventScroll: true });
    const { top } = this.element.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight - 80) this.element.scrollIntoView();
  }

  async refresh() {
    if (!this.id) return;
    const wanted = this.id;
    const page = await this.read(this.address(wanted));
    if (wanted !== this.id || page === null) return;
    const template = document.createElement("template");
    template.innerHTML = page;
    this.fill(template.content);
  }

  fill(...content) {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(...content);
    this.element.scrollTop = 0;
    if (hadFocus) this.takeFocus();
  }

  close() {
    this.id = null;
    this.element.hidden = this.isOver;
  }

  // Without a shift the panel lists what is open in this view: a gap is one place, a shift may have several.
  showGaps(all) {
    if (this.id || this.isOver) return;
    const chips = all.slice(0, MOST_GAPS);
    const list = made("ul", "list");
    list.append(...chips.map((chip) => this.gap(chip)));
    const body = made("div", "panel__body");
    const places = all.reduce((sum, chip) => sum + chip.missing, 0);
    body.append(made("h2", "", `${this.texts.gaps}: ${places}`));
    if (places > all.length) body.append(made("p", "", `${this.texts.short}: ${all.length}`));
    body.append(made("p", "muted", this.texts.hint), list);
    this.fill(body);
  }

  gap(chip) {
    const link = made("a", "", `${chip.called} ${chip.when}`);
    link.href = this.address(chip.id);
    link.dataset.open = chip.id;
    const item = made("li", "");
    item.append(link, made("p", "muted", `${chip.house}, ${chip.what}: ${chip.who}`));
    return item;
  }
}
