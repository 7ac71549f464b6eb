// Answers that exist, shown while a question is typed. Without this script the form leads to the same list as a page.
const MIN_CHARACTERS = 10;
const MIN_WORDS = 3;
const PAUSE = 250;

function isEnough(text) {
  return text.length >= MIN_CHARACTERS || text.split(/\s+/).filter(Boolean).length >= MIN_WORDS;
}

function attach(root) {
  const field = root.querySelector("[data-suggest-field]");
  const results = root.querySelector("[data-suggest-results]");
  const status = root.querySelector("[data-suggest-status]");
  if (!field || !results || !root.dataset.suggest) return;
  const isInline = results.classList.contains("ask__results--inline");
  const lifted = root.closest("[data-suggest-lift]");
  let timer = 0;
  let running = null;
  let asked = "";

  const links = () => [...results.querySelectorAll("[data-suggest-link], .suggestion__question a")];
  const tell = (text) => { if (status) status.textContent = text; };
  const open = (is) => { results.hidden = !is; lifted?.classList.toggle("is-suggesting", is); };
  const close = () => { running?.abort(); clearTimeout(timer); open(false); asked = ""; };

  // "None of these" leads on with the words as they are now: the list may be one of fewer words.
  function takeAlong() {
    for (const link of results.querySelectorAll("a[data-suggest-link]")) {
      const address = new URL(link.href);
      address.searchParams.set("q", field.value.trim());
      link.href = address.href;
    }
  }

  async function look(text) {
    running?.abort();
    running = new AbortController();
    asked = text;
    const address = new URL(root.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    address.searchParams.set("lang", root.dataset.lang || document.documentElement.lang);
    try {
      const response = await fetch(address, { signal: running.signal, headers: { "HX-Request": "true" } });
      if (!response.ok) return;
      const html = await response.text();
      if (asked !== text) return;
      results.innerHTML = html;
      takeAlong();
      window.htmx?.process(results);
      const count = results.querySelectorAll(".suggestion").length;
      open(count > 0 || isInline);
      tell(count ? (root.dataset.saySome ?? "{n}").replace("{n}", count) : root.dataset.sayNone ?? "");
    } catch (error) {
      if (error.name !== "AbortError") tell("");
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    takeAlong();
    const text = field.value.trim();
    if (!isEnough(text)) {
      if (!isInline) close();
      return;
    }
    if (text !== asked) timer = setTimeout(look, PAUSE, text);
  });
  field.addEventListener("focus", () => {
    if (!isInline && results.hidden && results.childElementCount && field.value.trim() === asked) open(true);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && field.tagName === "TEXTAREA") {
      event.preventDefault();
      field.form?.requestSubmit();
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !results.hidden && !isInline) {
      event.preventDefault();
      field.focus();
      close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || results.hidden) return;
    // In a field of several lines the arrows move the caret until it is at the end.
    if (event.target === field && (step < 0 || field.selectionEnd < field.value.length)) return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.target !== field && at < 0) return;
    event.preventDefault();
    (all[at + step] ?? (at + step < 0 ? field : null))?.focus();
  });
  root.addEventListener("focusout", (event) => {
    if (!isInline && event.relatedTarget && !root.contains(event.relatedTarget)) open(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!isInline && !root.contains(event.target)) open(false);
  });
  if (isInline && isEnough(field.value.trim())) look(field.value.trim());
}

document.querySelectorAll("[data-suggest]").forEach(attach);
