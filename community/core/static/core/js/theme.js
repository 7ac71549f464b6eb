// The reader's choice of light or dark, set before the first paint: this one script is neither a module nor deferred.
(() => {
  const root = document.documentElement;
  const kept = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const show = (value) => {
    if (value === "light" || value === "dark") root.dataset.theme = value;
    else delete root.dataset.theme;
  };
  show(kept());

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-theme-choice]")) {
      const buttons = [...group.querySelectorAll("[data-theme-value]")];
      const mark = (value) => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.themeValue === value)));
      mark(kept() ?? "auto");
      group.addEventListener("click", (event) => {
        const value = event.target.closest("[data-theme-value]")?.dataset.themeValue;
        if (!value) return;
        try { localStorage.setItem("theme", value); } catch { /* private mode: the choice lasts for this page */ }
        show(value);
        mark(value);
      });
    }
  });
})();
