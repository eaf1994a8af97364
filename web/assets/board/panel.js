// What does the panel beside the board show, and how do its buttons change the roster without leaving the page?

export class Panel {
  constructor(element, texts) {
    Object.assign(this, { element, texts, id: null });
    this.empty = element.innerHTML;
    element.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-change]");
      if (!form) return;
      event.preventDefault();
      this.send(form.action, { expert: form.elements.expert.value });
    });
  }

  address(id, change = "") {
    const page = this.texts.shifts.replace("SHIFT", encodeURIComponent(id));
    return change ? `${page}/${change}` : `${page}?window=${this.texts.window}`;
  }

  async open(id) {
    this.id = id;
    await this.refresh();
    this.element.focus({ preventScroll: true });
  }

  async refresh() {
    if (!this.id) return;
    const wanted = this.id;
    const answer = await fetch(this.address(wanted), { headers: { "X-Board": "1" } });
    if (wanted !== this.id || !answer.ok) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.innerHTML = await answer.text();
    this.element.scrollTop = 0;
    if (hadFocus) this.element.focus({ preventScroll: true });
  }

  close() {
    this.id = null;
    this.element.innerHTML = this.empty;
  }
}
