// The queue's page: its parts are fetched anew, and what somebody works at stays as it is.
import "./keys.js";
import { poll, showFreshness } from "./stream.js";

const list = document.querySelector("[data-list]");
const body = list.querySelector("tbody");
const announcer = document.getElementById("announce");
let isPointed = false;

list.addEventListener("pointerenter", () => (isPointed = true));
list.addEventListener("pointerleave", () => (isPointed = false));

/** Whether somebody types, ticks, or is about to say yes here. */
const isInUse = (element) =>
  (element.contains(document.activeElement) && document.activeElement !== document.body) ||
  element.querySelector("details[open], input:checked") !== null ||
  [...element.querySelectorAll("input[type=text]")].some((input) => input.value !== input.defaultValue);

function replace(old, fresh) {
  if (old.innerHTML !== fresh.innerHTML && !isInUse(old)) old.innerHTML = fresh.innerHTML;
}

function takeRow(old, fresh) {
  const was = old.dataset.phase;
  old.dataset.phase = fresh.dataset.phase;
  [...fresh.cells].forEach((cell, index) => {
    old.cells[index].className = cell.className;
    replace(old.cells[index], cell);
  });
  if (was !== fresh.dataset.phase && ["late", "soon"].includes(fresh.dataset.phase)) {
    announcer.textContent = `${old.querySelector(".what a").textContent}: ${old.querySelector(".word").textContent}`;
  }
}

function takeRows(fresh) {
  const known = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  const isHeld = isPointed || isInUse(body);
  const order = [...fresh.rows].map((row) => {
    const old = known.get(row.dataset.key);
    known.delete(row.dataset.key);
    if (old) takeRow(old, row);
    return old ?? document.adoptNode(row);
  });
  for (const row of known.values()) if (!isInUse(row)) row.remove();
  // A row that comes in, or rises, would push away the one that somebody points at.
  for (const [index, row] of order.entries()) {
    if (isHeld && row.isConnected) continue;
    if (isHeld) body.append(row);
    else if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
  }
}

poll(2000, (text) => {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (old) replace(old, part);
  }
  const rows = fresh.querySelector("[data-list] tbody");
  if (rows) takeRows(rows);
  document.querySelector("[data-empty]").hidden = body.rows.length > 0;
});

// One question at a time; Escape takes it back.
document.addEventListener("toggle", ({ target }) => {
  if (!target.open) return;
  for (const other of document.querySelectorAll("details.ask[open]")) if (other !== target) other.open = false;
}, true);
addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.ask[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
addEventListener("click", ({ target }) => {
  for (const open of document.querySelectorAll("details.ask[open]")) if (!open.contains(target)) open.open = false;
});

(function everySecond() {
  showFreshness();
  setTimeout(everySecond, 1000 - (Date.now() % 1000));
})();
