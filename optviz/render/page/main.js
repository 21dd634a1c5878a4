// Brings the figures of a page to life: each that has this key, and is not alive yet.

function optviz(page) {
  const root = document.querySelector(`[data-optviz="${page.key}"]:not(.alive)`);
  if (!root) return;
  const figure = figureOf(root, page);
  startsOf(figure);
  controlsOf(figure);
  if (page.lines.length) linesOf(figure);
  namesOf(figure);
  if (page.keys.length) legendOf(figure);
  if (page.heading) headingOf(figure);
  hoverOf(figure);
  addressOf(figure);
  guestOf(figure);
  figure.draw();
  root.classList.add("alive");
}
