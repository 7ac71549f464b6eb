// On every page: short messages, menus that close, dialogs, recent dates, and what to say when a request fails.
const body = document.body;
const region = document.getElementById("messages");

// Any script says something with: document.dispatchEvent(new CustomEvent("say", {detail: {text}})).
// The server does with the header HX-Trigger: {"say": {"text": "…"}}.
function say({ text, value, actionLabel, action }) {
  const words = text ?? value;
  if (!region || !words) return;
  const message = document.createElement("div");
  message.className = "message";
  const line = document.createElement("p");
  line.className = "message__text";
  line.textContent = words;
  message.append(line);
  const button = (label, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "button button--plain";
    one.textContent = label;
    one.addEventListener("click", () => { message.remove(); act?.(); });
    message.append(one);
  };
  if (action) button(actionLabel, action);
  button(body.dataset.sayDismiss ?? "OK");
  region.replaceChildren(message);
  // Stays while it is read or used: a message that leaves under the pointer is a trap.
  let timer = 0;
  const leave = () => { timer = setTimeout(() => message.remove(), 9000); };
  for (const name of ["pointerenter", "focusin"]) message.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) message.addEventListener(name, leave);
  leave();
}
document.addEventListener("say", (event) => say(event.detail ?? {}));

document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.getResponseHeader("HX-Trigger")?.includes("say")) return;
  say({ text: xhr.status === 403 || xhr.status === 401 ? body.dataset.sayRefused : body.dataset.sayFailed });
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say({ text: navigator.onLine ? body.dataset.sayFailed : body.dataset.sayOffline }));
}

// Menus are <details data-menu>: one open at a time, closed by Escape or a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details[data-menu][open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

// <button data-dialog-open="id"> shows <dialog id>; a <form method="dialog"> inside closes it without a script.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
  else if (event.target instanceof HTMLDialogElement) event.target.close();
});

// Pages are cached, so the server writes dates; the last week reads better as "3 hours ago".
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto", style: "long" });
function showAgo(scope) {
  for (const time of scope.querySelectorAll("time[data-ago]")) {
    const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60000);
    if (!(minutes <= 0 && minutes > -10080)) continue;
    time.title = time.textContent;
    if (minutes > -60) time.textContent = relative.format(minutes, "minute");
    else if (minutes > -1440) time.textContent = relative.format(Math.round(minutes / 60), "hour");
    else time.textContent = relative.format(Math.round(minutes / 1440), "day");
    time.removeAttribute("data-ago");
  }
}
showAgo(document);

// On a phone, a long row of tabs starts where the reader is.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  const row = current.parentElement;
  row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.clientWidth) / 2;
}
document.addEventListener("htmx:load", (event) => showAgo(event.detail.elt));
