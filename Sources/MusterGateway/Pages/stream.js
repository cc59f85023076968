// The connection: messages in, and the truth about it. A page that has heard nothing for two heartbeats says so, stops
// its clocks and turns grey; it never looks alive while it is not.
import { age, dayText, page, serverNow, timeOfDay } from "./clock.js";

const root = document.documentElement;
const beat = document.querySelector("[data-beat]");
const band = document.querySelector("[data-stale-band]");
let source;
let position = page.position;
let heardAt = serverNow();
let lastFact = page.asOf;

/** Opens the stream and keeps it open; `onMessage` gets each change, `onReset` a board that must be drawn anew. */
export function follow(onMessage, onReset) {
  if (!page.events) return;
  open(onMessage, onReset);
  setInterval(() => {
    // Browsers reconnect by themselves after an error, but not after silence.
    if (serverNow() - heardAt > page.silence) {
      source.close();
      open(onMessage, onReset);
    }
  }, 5000);
}

function heard() {
  heardAt = serverNow();
  root.removeAttribute("data-stale");
}

/** Fetches the page's parts again and again, for what has no stream; `onText` gets each answer. */
export async function poll(milliseconds, onText) {
  if (!page.events) return;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (document.hidden) continue;
    try {
      const answer = await fetch(page.events, { signal: AbortSignal.timeout(page.silence) });
      // Signed out meanwhile, or no longer in office: the page of it says so.
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (!answer.ok) continue;
      onText(await answer.text());
      heard();
    } catch {
      // Silence: how fresh the page is says it.
    }
  }
}

function open(onMessage, onReset) {
  const separator = page.events.includes("?") ? "&" : "?";
  source = new EventSource(`${page.events}${separator}after=${position}`);
  source.addEventListener("open", heard);
  // The comment that keeps the stream alive is not seen by scripts; this message comes beside it.
  source.addEventListener("beat", heard);
  source.addEventListener("change", (event) => {
    heard();
    position = event.lastEventId || position;
    const message = JSON.parse(event.data);
    lastFact = message.asOf ?? lastFact;
    onMessage(message);
  });
  source.addEventListener("reset", () => {
    heard();
    onReset();
  });
}

/** Once a second: how fresh the page is. */
export function showFreshness() {
  const now = serverNow();
  const silent = now - heardAt;
  const isStale = Boolean(page.events) && silent > page.silence;
  root.toggleAttribute("data-stale", isStale);
  if (band) {
    band.hidden = !isStale;
    const text = page.words.stale.replace("{age}", age(silent)).replace("{time}", timeOfDay(heardAt));
    const place = band.querySelector("span");
    if (place.textContent !== text) place.textContent = text;
  }
  if (beat) {
    const text = isStale ? page.words.noContact.replace("{age}", age(silent)) : page.words.live;
    if (beat.textContent !== text) beat.textContent = text;
  }
  const clock = document.querySelector("[data-now]");
  if (clock) clock.textContent = `${dayText(now)} ${timeOfDay(now)}`;
}
