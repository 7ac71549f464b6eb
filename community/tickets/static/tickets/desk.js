// Saved replies are put into the answer where the caret is; without this script they are there to be copied.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.into);
    const text = document.getElementById(button.dataset.insert)?.textContent ?? "";
    const before = field.value.slice(0, field.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  });
}
