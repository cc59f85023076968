// A board page: patches rows from the stream, and one timer for all of it.
import "./keys.js";
import { countHidden, fitWall, patch, tick } from "./list.js";
import { follow, showFreshness } from "./stream.js";
import { moveMarks } from "./strip.js";

function replaceParts(parts) {
  for (const [id, html] of Object.entries(parts ?? {})) {
    const element = document.getElementById(id);
    if (element && !element.contains(document.activeElement)) element.innerHTML = html;
  }
}

follow(
  (message) => {
    patch(message);
    replaceParts(message.parts);
    const place = document.querySelector("[data-position]");
    if (place) place.textContent = `#${message.position}`;
    moveMarks();
    countHidden();
    fitWall();
  },
  () => location.reload()
);

function everySecond() {
  showFreshness();
  if (!document.documentElement.hasAttribute("data-stale")) {
    tick();
    moveMarks();
  }
  fitWall();
  setTimeout(everySecond, 1000 - (Date.now() % 1000));
}

everySecond();
countHidden();
fitWall();
document.querySelector(".scroll")?.addEventListener("scroll", countHidden, { passive: true });
addEventListener("resize", () => {
  countHidden();
  fitWall();
});
