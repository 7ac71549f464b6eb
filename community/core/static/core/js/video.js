// A video of another site is framed only after a click: until then nothing is asked of that site.
const HOSTS = new Set(["www.youtube-nocookie.com", "player.vimeo.com"]);

document.addEventListener("click", (event) => {
  const figure = event.target.closest("figure.video[data-video]");
  if (!figure || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const address = new URL(figure.dataset.video, location.href);
  if (address.protocol !== "https:" || !HOSTS.has(address.host)) return;
  event.preventDefault();
  address.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = figure.querySelector("a")?.textContent ?? "Video";
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  figure.replaceChildren(frame);
  figure.removeAttribute("data-video");
  frame.focus();
});
