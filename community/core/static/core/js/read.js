// What was read in the last day, kept in this browser only, and handed to support when a request is sent.
const KEY = "read", DAY = 86400000, MOST = 20;

function kept() {
  try {
    const now = Date.now();
    return Object.entries(JSON.parse(localStorage.getItem(KEY) ?? "{}"))
      .filter(([, at]) => now - at < DAY && at <= now)
      .sort((one, other) => other[1] - one[1])
      .slice(0, MOST);
  } catch {
    return []; // storage refused, or not ours
  }
}

const here = document.querySelector("[data-read]")?.dataset.read;
try {
  const all = Object.fromEntries(kept());
  if (here) localStorage.setItem(KEY, JSON.stringify({ ...all, [here]: Date.now() }));
} catch { /* then support is told nothing */ }

const fields = document.querySelectorAll("[data-read-field]");
if (fields.length) {
  const names = JSON.stringify(kept().map(([name]) => name));
  for (const field of fields) if (!field.value) field.value = names;
}
