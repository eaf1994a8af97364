// How can somebody be dragged from one shift to another? An extra: the panel's buttons do the same.

const FAR_ENOUGH = 6;

export function allowDragging(root, grid, act) {
  let drag = null;

  root.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest("[data-chip]");
    const shift = chip && grid.data.shifts[chip.dataset.chip];
    if (!shift || event.button !== 0 || event.pointerType === "touch" || shift.past || shift.people.length !== 1) return;
    drag = { from: shift.id, expert: shift.people[0], x: event.clientX, y: event.clientY, ghost: null, over: null };
  });

  root.addEventListener("dragstart", (event) => event.preventDefault());

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR_ENOUGH) return;
    if (!drag.ghost) {
      drag.ghost = document.createElement("div");
      drag.ghost.className = "ghost";
      drag.ghost.textContent = drag.expert.name;
      document.body.append(drag.ghost);
    }
    drag.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-chip]");
    if (over !== drag.over) {
      drag.over?.classList.remove("is-target");
      drag.over = over && over.dataset.chip !== drag.from ? over : null;
      drag.over?.classList.add("is-target");
    }
  });

  const end = (event) => {
    if (!drag) return;
    const { from, expert, over, ghost } = drag;
    drag = null;
    ghost?.remove();
    over?.classList.remove("is-target");
    if (!ghost) return;
    // The click that follows a drag must not open the panel.
    window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    if (over && event.type === "pointerup") act.move(expert.id, from, over.dataset.chip);
  };
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}
