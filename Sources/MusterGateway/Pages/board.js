// A board page: patches rows from the stream, and one timer for all of it.
import "./keys.js";
import { fit, patch, tick } from "./list.js";
import { follow, showFreshness } from "./stream.js";
import { moveMarks } from "./strip.js";

function replaceParts(parts) {
  for (const [id, html] of Object.entries(parts ?? {})) {
    const element = document.getElementById(id);
    if (!element || element.contains(document.activeElement)) continue;
    // The field of the filter stays, with what somebody typed into it.
    const field = element.querySelector("[data-filter]");
    element.innerHTML = html;
    if (field) element.querySelector("[data-filter]")?.replaceWith(field);
  }
}

follow(
  (message) => {
    patch(message);
    replaceParts(message.parts);
    const place = document.querySelector("[data-position]");
    if (place) place.textContent = `#${message.position}`;
    moveMarks();
    fit();
  },
  () => location.reload()
);

function everySecond() {
  showFreshness();
  if (!document.documentElement.hasAttribute("data-stale")) {
    tick();
    moveMarks();
  }
  fit();
  setTimeout(everySecond, 1000 - (Date.now() % 1000));
}

everySecond();
document.querySelector(".scroll")?.addEventListener("scroll", fit, { passive: true });
addEventListener("resize", fit);
