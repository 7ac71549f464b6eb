// Tells once a minute, and on leaving, how long a topic was read and which posts were before the eyes. Time counts
// while the page is visible and the reader did something within the last two minutes.
const TELL_EVERY = 60, IDLE_AFTER = 120, SEEN_AFTER = 1;
const place = document.querySelector("script[data-reading]");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const inView = new Map();
const seen = new Set();
let seconds = 0, untold = 0, lastDeed = performance.now(), told = 0;

const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) inView.set(target, 0);
    else inView.delete(target);
  }
}, { threshold: [0, 0.5] });
for (const post of document.querySelectorAll("[id^='post-']")) if (/^post-\d+$/.test(post.id)) watch.observe(post);

function tell() {
  const fresh = [...seen].slice(told);
  if (!place || (!untold && !fresh.length)) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  body.set("seconds", String(untold));
  body.set("posts", fresh.join(","));
  if (navigator.sendBeacon(place.dataset.reading, body)) {
    untold = 0;
    told = seen.size;
  }
}

for (const deed of ["scroll", "pointerdown", "pointermove", "keydown", "touchstart"]) {
  addEventListener(deed, () => { lastDeed = performance.now(); }, { passive: true });
}
setInterval(() => {
  if (document.visibilityState !== "visible" || performance.now() - lastDeed > IDLE_AFTER * 1000) return;
  untold += 1;
  seconds += 1;
  for (const [post, watched] of inView) {
    if (watched >= SEEN_AFTER) seen.add(post.id.slice(5));
    inView.set(post, watched + 1);
  }
  if (seconds % TELL_EVERY === 0) tell();
}, 1000);
addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
