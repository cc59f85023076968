// What every page does: the switch of light and dark sticks without loading the page anew.
const root = document.documentElement;
const toggle = document.querySelector("[data-theme-switch]");

toggle?.addEventListener("click", (event) => {
  event.preventDefault();
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  document.cookie = `muster-theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
});

// An error summary takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();
