// A vote shows at once and is taken back, with a message by site.js, when the server refuses or cannot be reached.
// Markup: <form data-optimistic hx-post …><button aria-pressed="false">… <span data-count="1234">1,234</span></button></form>
const before = new WeakMap();

// The number is kept beside the words that show it, whose thousands are set apart as in the page's language.
function show(count, number) {
  count.dataset.count = String(number);
  count.textContent = number.toLocaleString(document.documentElement.lang);
}

function buttonOf(form, event) {
  return event?.submitter ?? form.querySelector("[aria-pressed]");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("[data-optimistic]");
  if (!form) return;
  const pressed = buttonOf(form, event.detail.requestConfig?.triggeringEvent);
  if (!pressed) return;
  before.set(form, [...form.querySelectorAll("[aria-pressed]")].map((button) => [
    button, button.getAttribute("aria-pressed"), button.querySelector("[data-count]")?.dataset.count,
  ]));
  const turnsOn = pressed.getAttribute("aria-pressed") !== "true";
  for (const button of form.querySelectorAll("[aria-pressed]")) {
    const was = button.getAttribute("aria-pressed") === "true";
    const is = button === pressed && turnsOn;
    const count = button.querySelector("[data-count]");
    if (count && was !== is) show(count, Math.max(0, Number(count.dataset.count) + (is ? 1 : -1)));
    button.setAttribute("aria-pressed", String(is));
  }
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-optimistic]");
    for (const [button, state, count] of before.get(form) ?? []) {
      button.setAttribute("aria-pressed", state);
      const shown = button.querySelector("[data-count]");
      if (shown && count !== undefined) show(shown, Number(count));
    }
  });
}
