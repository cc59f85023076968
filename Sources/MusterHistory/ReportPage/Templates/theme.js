(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get("theme");
  let kept = null;
  try { kept = localStorage.getItem("muster-theme"); } catch { }
  const theme = asked || kept;
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
})();
