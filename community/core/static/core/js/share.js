// <button data-share data-url data-title data-say-copied>: the phone's own sheet, or the link on the clipboard.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share]");
  if (!button) return;
  event.preventDefault();
  const url = new URL(button.dataset.url || location.href, location.href).href;
  const title = button.dataset.title || document.title;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      await navigator.share({ url, title });
      return;
    }
    await navigator.clipboard.writeText(url);
    document.dispatchEvent(new CustomEvent("say", { detail: { text: button.dataset.sayCopied } }));
  } catch (error) {
    if (error.name !== "AbortError") document.dispatchEvent(new CustomEvent("say", { detail: { text: url } }));
  }
});
