// Which key does what on the board? Every key has a button or a link that does the same.

const WALK = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function listen(root, grid, act) {
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !grid.data) return;
    if (WALK[event.key]) {
      event.preventDefault();
      grid.walk(...WALK[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      grid.at.cell = event.key === "Home" ? 0 : grid.data.days.length - 1;
      grid.at.chip = 0;
      grid.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      const id = event.target.closest("[data-chip]")?.dataset.chip;
      if (!id) return;
      event.preventDefault();
      act.choose(id);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "g") act.nextGap();
    else if (key === "p") act.pin(event.target);
    else if (key === "z") act.step("undo");
    else if (key === "y") act.step("redo");
    else if (key === "escape") act.close();
    else if (key === "?") {
      const list = document.getElementById("keys");
      list.open = !list.open;
      if (list.open) list.querySelector("summary").focus();
    }
  });
}
