// The due strips: one mark for each open clock, placed by its deadline; now stands still and the marks move.
import { page, serverNow } from "./clock.js";

/** Moves every mark to where its deadline is now. Geometry as in the server's drawing. */
export function moveMarks() {
  const now = serverNow();
  for (const mark of document.querySelectorAll("[data-mark]")) {
    const left = Number(mark.dataset.mark) - now;
    const shape = left < 0 ? "late" : left <= page.soon ? "soon" : "";
    const x = Math.max(6, Math.min(246, 46 + (left / 60000) * (5 / 3)));
    mark.setAttribute("transform", `translate(${x.toFixed(1)} 18)`);
    const name = `due ${shape}`.trim();
    if (mark.getAttribute("class") !== name) {
      mark.setAttribute("class", name);
      mark.setAttribute("d", page.marks[shape || "running"]);
    }
  }
  for (const cell of document.querySelectorAll("[data-late-of]")) {
    const strip = document.getElementById(cell.dataset.lateOf);
    const late = strip ? strip.querySelectorAll(".late").length : 0;
    cell.textContent = late;
    cell.classList.toggle("late", late > 0);
    cell.classList.toggle("zero", late === 0);
  }
}
