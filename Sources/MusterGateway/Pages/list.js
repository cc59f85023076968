// The rows of a board: patched by key, ticking, in the server's order. The page never sorts: a row stands where its
// `data-order` belongs, byte by byte, and a new order waits while somebody points at the list or has the focus in it.
import { page, phase, remaining, serverNow } from "./clock.js";

const list = document.querySelector("[data-list]");
const announcer = document.getElementById("announce");
const pending = new Set();
const arriving = new Map();
const leaving = new Set();
let isPointed = false;
let lastAnnouncement = 0;

export const rows = () => [...list.querySelectorAll("tr[data-key]:not(.gone)")];
const rowOf = (key) => list.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
const orderOf = (row) => `${row.dataset.order}-${row.dataset.key}`;
const sectionOf = (name) => list.querySelector(`tbody[data-section="${CSS.escape(name)}"]`);

list?.addEventListener("pointerenter", () => (isPointed = true));
list?.addEventListener("pointerleave", () => {
  isPointed = false;
  if (!list.contains(document.activeElement)) takeOrder();
});
list?.addEventListener("focusout", (event) => {
  if (!list.contains(event.relatedTarget) && !isPointed) takeOrder();
});

const isHeld = () => isPointed || list.contains(document.activeElement);

/** Takes in one message of the event stream. */
export function patch(message) {
  for (const row of message.rows) put(row);
  for (const key of message.removed) leave(key);
  if (!isHeld()) takeOrder();
  tick();
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = `<table><tbody>${html}</tbody></table>`;
  return template.content.querySelector("tr");
}

function put({ key, section, order, html }) {
  const fresh = parse(html);
  const old = rowOf(key);
  leaving.delete(key);
  fresh.dataset.section = section;
  if (!old) {
    // A row that comes in above would push the one under the pointer away: it waits like a new order.
    arriving.set(key, fresh);
    return announce(fresh, true);
  }
  const hadFocus = old.contains(document.activeElement);
  const focused = hadFocus ? [...old.querySelectorAll("a")].indexOf(document.activeElement) : -1;
  if (old.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "true");
  if (orderOf(old) !== order || old.closest("tbody").dataset.section !== section) pending.add(key);
  old.replaceWith(fresh);
  if (hadFocus) fresh.querySelectorAll("a")[Math.max(0, focused)]?.focus({ preventScroll: true });
  mark(fresh);
  announce(fresh, false);
}

function mark(row) {
  row.classList.add("changed");
  setTimeout(() => row.classList.remove("changed"), 2000);
}

function leave(key) {
  arriving.delete(key);
  const row = rowOf(key);
  if (!row) return;
  row.classList.add("gone");
  leaving.add(key);
  setTimeout(() => {
    if (leaving.has(key) && !isHeld()) takeOrder();
  }, 2000);
}

/** Puts a row where its order belongs among its section's rows. */
function place(row, name) {
  const section = sectionOf(name);
  // A department that has just got its first row: the whole board is drawn anew.
  if (!section) return location.reload();
  for (const other of section.querySelectorAll("tr[data-key]")) {
    if (other !== row && orderOf(other) > orderOf(row)) return section.insertBefore(row, other);
  }
  section.append(row);
}

/** Takes the new order: rows come in and move to their places, those that have left go. */
export function takeOrder() {
  if (!list) return;
  const focused = document.activeElement;
  for (const key of leaving) {
    const row = rowOf(key);
    if (!row) continue;
    if (row.contains(focused) || row.hasAttribute("aria-current")) select(nextOf(row), row.contains(focused));
    row.remove();
  }
  leaving.clear();
  for (const row of arriving.values()) {
    place(row, row.dataset.section);
    mark(row);
  }
  arriving.clear();
  for (const key of pending) {
    const row = rowOf(key);
    if (row) place(row, row.dataset.section ?? row.closest("tbody").dataset.section);
  }
  pending.clear();
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  tick();
}

function nextOf(row) {
  const all = rows();
  const later = all.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  return later ?? all.at(-1);
}

/** Makes a row the current one. */
export function select(row, withFocus = true) {
  for (const other of list.querySelectorAll("tr[aria-current]")) other.removeAttribute("aria-current");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  if (withFocus) row.querySelector(".what a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** Rows that do not hold the text are hidden. */
export function filter(text) {
  const needle = text.trim().toLowerCase();
  for (const row of rows()) row.hidden = needle !== "" && !row.textContent.toLowerCase().includes(needle);
  tick();
}

/** Whether a row's clock does not run: such a row keeps what the server said. */
const stands = (row) => ["paused", "waiting"].includes(row.dataset.phase);

/** Once a second: what is left, which group a row is in, and the figures in the head. */
export function tick() {
  if (!list || "still" in list.dataset || document.documentElement.hasAttribute("data-stale")) return;
  const now = serverNow();
  const counts = { late: 0, soon: 0, running: 0, paused: 0, waiting: 0, rule: 0 };
  for (const row of rows()) {
    const due = Number(row.dataset.due) || 0;
    const shown = stands(row) ? row.dataset.phase : phase("running", due, now);
    counts[shown] += 1;
    if ("disputed" in row.dataset) counts.rule += 1;
    if (shown !== row.dataset.phase) become(row, shown);
    if (due && row.dataset.phase !== "paused") setText(row.querySelector(".clk .t"), remaining(due, now));
  }
  for (const [name, count] of Object.entries(counts)) setCount(name, count);
  setCount("open", counts.waiting + counts.paused);
  placeSeparators(counts);
  countLateBySection();
  const waiting = pending.size + leaving.size + arriving.size;
  setText(document.querySelector("[data-pending]"), waiting);
  document.querySelector("[data-order-note]")?.toggleAttribute("hidden", waiting === 0);
  document.querySelector("[data-empty]")?.toggleAttribute("hidden", rows().length > 0);
}

function become(row, shown) {
  row.dataset.phase = shown;
  row.querySelector(".clk").className = `clk ${shown}`;
  setText(row.querySelector(".word"), page.words[shown] ?? "");
  if (shown === "late") announce(row, true);
}

function setText(element, text) {
  if (element && element.textContent !== String(text)) element.textContent = text;
}

function setCount(name, count) {
  for (const element of document.querySelectorAll(`[data-count="${name}"]`)) {
    setText(element, count);
    element.parentElement.classList.toggle("on", count > 0);
  }
}

function placeSeparators(counts) {
  for (const separator of list.querySelectorAll("tr[data-before]")) {
    const isRunning = separator.dataset.before === "running";
    const section = separator.parentElement;
    const first = [...section.querySelectorAll("tr[data-key]")].find((row) =>
      isRunning ? row.dataset.phase === "running" : stands(row)
    );
    separator.hidden = !first;
    if (first && first.previousElementSibling !== separator) section.insertBefore(separator, first);
    setText(separator.querySelector("span"), isRunning ? counts.running : counts.paused + counts.waiting);
  }
}

function countLateBySection() {
  for (const place of list.querySelectorAll("[data-section-late]")) {
    const late = place.closest("tbody").querySelectorAll('tr[data-phase="late"]').length;
    place.hidden = late === 0;
    setText(place.querySelector("b"), late);
  }
}

/** One sentence per five seconds at most, the late ones first: others are seen, not said. */
function announce(row, isNews) {
  const now = Date.now();
  if (!isNews || (now - lastAnnouncement < 5000 && row.dataset.phase !== "late")) return;
  if (now - lastAnnouncement < 1000) return;
  lastAnnouncement = now;
  const holder = row.querySelector(".who b") ?? row.closest("tbody")?.querySelector(".head b");
  const what = [row.querySelector(".what a, .what b").textContent, holder?.textContent].filter(Boolean).join(", ");
  setText(announcer, [page.words[row.dataset.phase], what].filter(Boolean).join(": "));
}

/** Only whole rows are seen: one that the lower edge would cut is left out, and the line below says how many are not. */
export function fit() {
  const scroll = list?.closest(".scroll");
  if (!scroll) return;
  const end = scroll.getBoundingClientRect().bottom;
  const isOut = (row) => row.getBoundingClientRect().bottom > end + 1;
  const all = [...list.querySelectorAll("tbody tr:not([hidden])")];
  let first = all.findIndex(isOut);
  // A heading without a row beneath it is left out as well.
  if (first > 0 && all[first - 1].matches(".sep, .head")) first -= 1;
  const cut = first < 0 ? 0 : Math.max(0, end - all[first].getBoundingClientRect().top);
  scroll.style.clipPath = cut ? `inset(0 0 ${cut}px)` : "";
  const more = document.querySelector("[data-more]");
  const below = first < 0 ? 0 : all.slice(first).filter((row) => row.dataset.key).length;
  more.style.visibility = below ? "" : "hidden";
  setText(more.querySelector("b"), below);
}
