// The keyboard. Single keys do nothing inside a field and can be switched off.
import { filter, rows, select, takeOrder } from "./list.js";

const help = document.getElementById("keys");
const search = document.querySelector("[data-filter]");
const storage = "muster-keys-off";
let awaitsBoard = false;

const isOff = () => localStorage.getItem(storage) === "1";

function move(step) {
  const all = rows().filter((row) => !row.hidden);
  if (!all.length) return;
  const current = all.findIndex((row) => row.hasAttribute("aria-current"));
  select(all[Math.max(0, Math.min(all.length - 1, current + step))]);
}

function goTo(letter) {
  const door = document.querySelector(`[data-go="${letter}"]`);
  if (door) location.href = door.href;
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  r: () => takeOrder(),
  t: () => document.getElementById("past-time")?.focus(),
  g: () => (awaitsBoard = true),
  "/": () => search?.focus(),
  "?": () => help?.showModal(),
  Enter: () => document.querySelector("tr[aria-current] .what a")?.click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target === search && event.key === "Escape") {
    search.value = "";
    filter("");
    return search.blur();
  }
  if (event.target.closest("input, textarea, select, dialog[open]") || isOff()) return;
  if (awaitsBoard) {
    awaitsBoard = false;
    return goTo(event.key);
  }
  if (event.key === "Enter" && event.target.closest("a, button")) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

search?.removeAttribute("hidden");
search?.addEventListener("input", () => filter(search.value));
document.querySelector("[data-take-order]")?.addEventListener("click", takeOrder);
const toggle = help?.querySelector("input");
if (toggle) {
  toggle.checked = isOff();
  toggle.addEventListener("change", () => localStorage.setItem(storage, toggle.checked ? "1" : "0"));
}
