// A page about one thing: its clocks tick, and when something happens to the thing the page is fetched anew and put in place.
import { page, phase, remaining, serverNow } from "./clock.js";
import { follow, showFreshness } from "./stream.js";

function tick() {
  const now = serverNow();
  for (const clock of document.querySelectorAll(".clk[data-due]")) {
    const due = Number(clock.dataset.due);
    const shown = phase(clock.dataset.state, due, now);
    clock.className = `clk ${shown}`;
    const text = remaining(due, now);
    const place = clock.querySelector(".t");
    if (clock.dataset.state !== "paused" && place.textContent !== text) place.textContent = text;
  }
}

async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const main = document.querySelector("main");
  const chosen = main.querySelector(".order input:checked")?.id;
  const scrolled = main.querySelector(".scroll")?.scrollTop ?? 0;
  main.replaceChildren(...fresh.childNodes);
  if (chosen) document.getElementById(chosen).checked = true;
  const scroll = main.querySelector(".scroll");
  if (scroll) scroll.scrollTop = scrolled;
  tick();
}

follow(renew, renew);

function everySecond() {
  showFreshness();
  if (!document.documentElement.hasAttribute("data-stale")) tick();
  setTimeout(everySecond, 1000 - (Date.now() % 1000));
}

if (page.events) everySecond();
