// The page's one clock: server time, and what is left on each deadline.
export const page = JSON.parse(document.getElementById("page").textContent);

const skew = page.now - Date.now();

/** The server's time now, in milliseconds since 1970; a page of the past stands still. */
export const serverNow = () => (page.stands ? page.now : Date.now() + skew);

/** `12:40`, from an hour on `1:02:33`; with a plus when the deadline has passed. */
export function remaining(due, now) {
  const seconds = Math.floor(Math.abs(due - now) / 1000);
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  const s = String(seconds % 60).padStart(2, "0");
  const text = h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
  return due < now ? `+${text}` : text;
}

/** Which of `late soon running paused waiting` a clock shows. */
export function phase(state, due, now) {
  if (state !== "running" || !due) return state;
  if (due < now) return "late";
  return due - now <= page.soon ? "soon" : "running";
}

/** `12 min`, `1 h 5 min`, `40 s`, in the page's language. */
export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const { second, minute, hour } = page.words;
  if (seconds < 60) return `${seconds} ${second}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    const rest = seconds % 60;
    return minutes < 5 && rest ? `${minutes} ${minute} ${rest} ${second}` : `${minutes} ${minute}`;
  }
  return `${Math.floor(minutes / 60)} ${hour} ${minutes % 60} ${minute}`;
}

const two = (number) => String(number).padStart(2, "0");

/** The town's time of day, as `18:42:07`. */
export function timeOfDay(milliseconds) {
  const local = new Date(milliseconds + page.offset);
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
}

/** The town's day, as the server writes it: the words come from the page. */
export function dayText(milliseconds) {
  const local = new Date(milliseconds + page.offset);
  return page.words.day
    .replace("{weekday}", page.words.weekdays[local.getUTCDay()])
    .replace("{day}", local.getUTCDate())
    .replace("{month}", page.words.months[local.getUTCMonth()]);
}
