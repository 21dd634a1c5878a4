// Starts that can be dragged, with a pointer or with the arrow keys.

function startsOf(figure) {
  const { page, panels } = figure;
  const seen = new Set();
  for (const mark of figure.marks) {
    if (mark.quantity !== "path" && mark.quantity !== "profile") continue;
    const place = `${mark.panel} ${page.walks[mark.number].start}`;
    if (seen.has(place) || page.walks[mark.number].rows) continue;
    seen.add(place);
    startOf(figure, mark, panels[mark.panel]);
  }
}

const finger = 14; // points: around a start, where it can be taken

function startOf(figure, mark, panel) {
  const { page, state, svg } = figure;
  const flat = mark.quantity === "profile";
  const ring = shape("g", { class: "start", tabindex: 0, role: "slider", "aria-label": page.words.start }, panel.frame);
  const circles = [finger, page.sizes.ring].map((r) => shape("circle", { r }, ring));
  const now = () => state.starts[mark.number];
  const at = () => (flat ? [now()[0], figure.path(mark.number).f[0]] : now());

  // To pixels of the panel, in numbers no longer than a pixel needs.
  function move(x, y) {
    const [left, top, right, bottom] = panel.box;
    const start = now().slice();
    start[0] = rounded(panel.x, Math.min(Math.max(x, left), right));
    if (!flat) start[1] = rounded(panel.y, Math.min(Math.max(y, top), bottom));
    figure.start(mark.number, start);
  }

  ring.addEventListener("pointerdown", (event) => {
    ring.setPointerCapture(event.pointerId);
    event.preventDefault();
    ring.focus();
  });
  ring.addEventListener("pointermove", (event) => {
    if (!ring.hasPointerCapture(event.pointerId)) return;
    const pixel = placeIn(svg, event);
    move(pixel.x, pixel.y);
  });
  ring.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const pixels = event.shiftKey ? 20 : 2;
    const [x, y] = at();
    move(panel.x.at(x) + pixels * way[0], panel.y.at(y) + pixels * way[1]);
  });
  figure.listen(() => {
    const [x, y] = at();
    for (const circle of circles) {
      circle.setAttribute("cx", near(panel.x.at(x)));
      circle.setAttribute("cy", near(panel.y.at(y)));
    }
    ring.setAttribute("aria-valuetext", `(${now().map(short).join(", ")})`);
    ring.setAttribute("aria-valuenow", now()[0]);
  });
}

function rounded(axis, pixel) {
  const value = axis.from(pixel);
  const unit = Math.abs(axis.from(pixel + 1) - value);
  return Number(value.toFixed(Math.min(Math.max(1 - Math.floor(Math.log10(unit)), 0), 100)));
}
