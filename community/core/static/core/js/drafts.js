// What is typed is not lost: in this browser for guests, on the server for members (contract in css/README.md).
const SENT = "draft-sent";
const PAUSE = 1200;

function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch { /* storage refused or full: the form still works */ }
}
function kept(key) {
  try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `draft:${form.dataset.draftKey}`;
    this.url = form.dataset.draftUrl || "";
    this.version = Number(form.dataset.draftVersion || 0);
    this.timer = 0;
    this.isSending = false;
    this.isSubmitted = false;
    this.restore();
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", () => this.submitted());
    addEventListener("online", () => { if (kept(this.key)) this.save(); });
    addEventListener("pagehide", () => { if (this.timer) this.keepHere(); });
  }

  part(name) { return this.form.querySelector(`[data-draft-${name}]`); }

  fields() {
    return [...this.form.elements].filter((one) => one.name && "draft" in one.dataset);
  }

  read() {
    return Object.fromEntries(this.fields().map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]));
  }

  write(values) {
    for (const one of this.fields()) {
      if (!(one.name in values)) continue;
      if (one.type === "checkbox") one.checked = Boolean(values[one.name]);
      else one.value = values[one.name];
      one.dispatchEvent(new Event("draft:written", { bubbles: true }));
    }
  }

  isEmpty() { return Object.values(this.read()).every((value) => !String(value === false ? "" : value).trim()); }

  restore() {
    const found = kept(this.key);
    const blank = this.read();
    if (!found || JSON.stringify(found.fields) === JSON.stringify(blank)) return;
    this.write(found.fields);
    const notice = this.part("notice");
    if (!notice) return;
    notice.hidden = false;
    this.part("discard")?.addEventListener("click", () => {
      keep(this.key, null);
      this.write(blank);
      notice.hidden = true;
      this.fields()[0]?.focus();
      if (this.url) this.save();
    }, { once: true });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keepHere() {
    if (!this.isSubmitted) keep(this.key, this.isEmpty() ? null : { fields: this.read(), at: Date.now() });
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.isSubmitted) return;
    this.keepHere();
    if (!this.url) return this.tell("kept");
    if (this.isSending) return this.later();
    if (!navigator.onLine) return this.tell("offline");
    this.isSending = true;
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
        body: JSON.stringify({ key: this.form.dataset.draftKey, version: this.version, fields: this.read() }),
      });
      if (response.status === 409) return this.choose(await response.json());
      if (!response.ok) return this.tell("kept");
      this.version = (await response.json()).version;
      keep(this.key, null);
      this.tell("saved");
    } catch {
      this.tell("offline");
    } finally {
      this.isSending = false;
    }
  }

  // Another device wrote a newer draft: the person chooses, nothing is overwritten meanwhile.
  choose(other) {
    const choice = this.part("conflict");
    if (!choice) return;
    const mine = this.read();
    choice.hidden = false;
    const shown = choice.querySelector("[data-draft-other]");
    if (shown) shown.textContent = Object.values(other.fields).filter((value) => typeof value === "string").join("\n").slice(0, 300);
    const settle = (values) => {
      choice.hidden = true;
      this.version = other.version;
      this.write(values);
      this.save();
    };
    this.part("keep").onclick = () => settle(mine);
    this.part("take").onclick = () => settle(other.fields);
  }

  tell(state) {
    const status = this.part("status");
    if (status) status.textContent = status.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  }

  // Kept until another page proves that the form arrived.
  submitted() {
    this.keepHere();
    this.isSubmitted = true;
    clearTimeout(this.timer);
    try { sessionStorage.setItem(SENT, this.key); } catch { /* then the draft is offered once more */ }
  }
}

const forms = [...document.querySelectorAll("form[data-draft-key]")];
const forget = (key) => {
  keep(key, null);
  sessionStorage.removeItem(SENT);
};
try {
  // Proof that the form arrived: a page without it, or one that points at the new post. An error page proves nothing.
  const sent = sessionStorage.getItem(SENT);
  const isHere = forms.some((form) => `draft:${form.dataset.draftKey}` === sent);
  if (sent && (!isHere || location.hash.startsWith("#post-"))) forget(sent);
} catch { /* no session storage */ }
forms.forEach((form) => new Draft(form));
document.addEventListener("draftSent", (event) => {
  const form = event.target.closest?.("form[data-draft-key]") ?? forms[0];
  if (form) forget(`draft:${form.dataset.draftKey}`);
});
