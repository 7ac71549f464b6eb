// The writing field: Markdown buttons, preview, images by choice, paste or drop, names after an @. It is a plain
// <textarea> without this script. Markup and attributes are in css/README.md.
const WRAPS = { bold: ["**", "**"], italic: ["_", "_"], code: ["`", "`"], link: ["[", "](https://)"] };
const PREFIXES = { quote: "> ", list: "- ", "list-ordered": "1. ", heading: "### " };

// execCommand keeps the browser's undo; it is the one way to do so in a textarea.
function put(area, text, start = area.selectionStart, end = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(area, [left, right]) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  put(area, left + chosen + right);
  area.setSelectionRange(start + left.length, start + left.length + chosen.length);
}

function prefix(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = area.value.slice(start, area.selectionEnd).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  put(area, lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n"), start, area.selectionEnd);
}

function token(composer) {
  return composer.closest("form")?.elements.csrfmiddlewaretoken?.value ?? "";
}

function addTools(composer, area) {
  const bar = composer.querySelector("[data-tools]");
  if (!bar) return;
  const tools = [...bar.querySelectorAll("[data-tool]")];
  const use = (name) => (WRAPS[name] ? wrap(area, WRAPS[name]) : prefix(area, PREFIXES[name]));
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) use(tool.dataset.tool);
  });
  // One stop for the Tab key, arrows inside, as toolbars do.
  tools.forEach((tool, at) => { tool.tabIndex = at ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tools.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = tools[(at + step + tools.length) % tools.length];
    tools.forEach((tool) => { tool.tabIndex = tool === next ? 0 : -1; });
    next.focus();
  });
  area.addEventListener("keydown", (event) => {
    const name = (event.ctrlKey || event.metaKey) && !event.shiftKey && { b: "bold", i: "italic", k: "link" }[event.key];
    if (!name) return;
    event.preventDefault();
    use(name);
  });
}

function addPreview(composer, area) {
  const pane = composer.querySelector("[data-preview]");
  const toggle = composer.querySelector("[data-preview-toggle]");
  if (!pane || !toggle || !composer.dataset.previewUrl) return;
  toggle.addEventListener("click", async () => {
    const isOn = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(isOn));
    pane.style.minBlockSize = `${area.offsetHeight}px`;
    pane.hidden = !isOn;
    area.hidden = isOn;
    if (!isOn) return area.focus();
    const body = new FormData();
    body.set("body", area.value);
    try {
      const response = await fetch(composer.dataset.previewUrl, { method: "POST", body, headers: { "X-CSRFToken": token(composer), "HX-Request": "true" } });
      if (!response.ok) throw new Error(String(response.status));
      pane.innerHTML = await response.text();
    } catch {
      pane.textContent = area.value;
    }
  });
}

function addImages(composer, area) {
  const url = composer.dataset.uploadUrl;
  const input = composer.querySelector("[data-image-input]");
  const status = composer.querySelector("[data-upload-status]");
  if (!url) return;
  const tell = (text) => { if (status) status.textContent = text ?? ""; };
  async function upload(file) {
    const waiting = `![${composer.dataset.sayUploading ?? "…"} ${file.name.replace(/[[\]()]/g, "")}]()`;
    put(area, `${waiting}\n`);
    tell(composer.dataset.sayUploading);
    const body = new FormData();
    body.set("image", file);
    let text = "";
    try {
      const response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(composer), Accept: "application/json" } });
      const answer = await response.json();
      if (response.ok) text = answer.markdown ?? `![${answer.alt ?? ""}](${answer.url})`;
      tell(response.ok ? composer.dataset.sayUploaded : answer.detail ?? composer.dataset.sayUploadFailed);
    } catch {
      tell(composer.dataset.sayUploadFailed);
    }
    const at = area.value.indexOf(waiting);
    if (at >= 0) area.setRangeText(text, at, at + waiting.length, "preserve");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const take = (files) => {
    const images = [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
    images.forEach(upload);
    return images.length > 0;
  };
  input?.addEventListener("change", () => { take(input.files); input.value = ""; });
  area.addEventListener("paste", (event) => { if (take(event.clipboardData?.files)) event.preventDefault(); });
  area.addEventListener("dragover", () => composer.classList.add("is-dropping"));
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => composer.classList.remove("is-dropping"));
  area.addEventListener("drop", (event) => { if (take(event.dataTransfer?.files)) event.preventDefault(); });
}

function addMentions(composer, area) {
  const url = composer.dataset.mentionUrl;
  if (!url) return;
  const box = document.createElement("div");
  box.className = "mentions";
  box.id = `${area.id}-names`;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", composer.dataset.sayMentions ?? "@");
  box.hidden = true;
  composer.append(box);
  area.setAttribute("aria-controls", box.id);
  let found = [];
  let chosen = 0;
  let running = null;
  let timer = 0;

  const typed = () => /(?:^|[\s(])@([\w.-]{1,30})$/u.exec(area.value.slice(0, area.selectionStart))?.[1];
  const close = () => { box.hidden = true; found = []; area.removeAttribute("aria-activedescendant"); };
  const mark = () => [...box.children].forEach((option, at) => {
    option.setAttribute("aria-selected", String(at === chosen));
    if (at === chosen) area.setAttribute("aria-activedescendant", option.id);
  });
  const take = (name) => {
    const at = area.selectionStart;
    put(area, `${name} `, at - (typed() ?? "").length, at);
    close();
  };
  async function look(text) {
    running?.abort();
    running = new AbortController();
    try {
      const address = new URL(url, location.href);
      address.searchParams.set("q", text);
      const response = await fetch(address, { signal: running.signal, headers: { Accept: "application/json" } });
      if (!response.ok || typed() !== text) return close();
      found = (await response.json()).items.slice(0, 6);
    } catch { return; }
    if (!found.length) return close();
    chosen = 0;
    box.replaceChildren(...found.map(({ username, name }, at) => {
      const option = document.createElement("div");
      option.id = `${box.id}-${at}`;
      option.setAttribute("role", "option");
      option.textContent = name && name !== username ? `${name} (@${username})` : `@${username}`;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(username); });
      return option;
    }));
    box.hidden = false;
    mark();
  }
  area.addEventListener("input", () => {
    clearTimeout(timer);
    const text = typed();
    if (text) timer = setTimeout(look, 200, text);
    else close();
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { chosen = (chosen + step + found.length) % found.length; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") take(found[chosen].username);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

function attach(composer) {
  const area = composer.querySelector("textarea");
  if (!area || composer.dataset.ready) return;
  composer.dataset.ready = "1";
  [addTools, addPreview, addImages, addMentions].forEach((add) => add(composer, area));
}

document.querySelectorAll("[data-composer]").forEach(attach);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt.matches?.("[data-composer]")) attach(event.detail.elt);
  event.detail.elt.querySelectorAll?.("[data-composer]").forEach(attach);
});

// "Quote": <button data-quote="post-12" data-quote-into="answer-body"> puts that post's chosen words in the field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quote]");
  const area = button && document.getElementById(button.dataset.quoteInto);
  if (!area) return;
  const post = document.getElementById(button.dataset.quote);
  const selection = getSelection();
  const chosen = post?.contains(selection.anchorNode) ? selection.toString().trim() : "";
  const words = chosen || post?.querySelector(".post__body")?.innerText.trim() || "";
  put(area, `${words.split("\n").map((line) => `> ${line}`).join("\n")}\n\n`, area.value.length, area.value.length);
});
