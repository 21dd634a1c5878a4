// Starts that can be dragged, with a pointer or with the arrow keys.

function startsOf(figure) {
  const { page, panels, state } = figure;
  const seen = new Set();
  for (const mark of figure.marks) {
    if (mark.quantity !== "path" && mark.quantity !== "profile") continue;
    const place = `${mark.panel} ${page.walks[mark.number].start}`;
    if (seen.has(place) || page.walks[mark.number].rows) continue;
    seen.add(place);
    startOf(figure, mark, panels[mark.panel]);
  }

  function startOf(figure, mark, panel) {
    const flat = mark.quantity === "profile";
    const ring = shape("circle", { class: "start", r: page.ring, tabindex: 0, role: "slider" }, panel.frame);
    const now = () => state.starts[mark.number];
    const at = () => (flat ? [now()[0], figure.path(mark.number).f[0]] : now());

    function move(x, y) {
      const start = now().slice();
      start[0] = x;
      if (!flat) start[1] = y;
      figure.start(mark.number, start);
    }

    ring.addEventListener("pointerdown", (event) => {
      ring.setPointerCapture(event.pointerId);
      event.preventDefault();
      ring.focus();
    });
    ring.addEventListener("pointermove", (event) => {
      if (!ring.hasPointerCapture(event.pointerId)) return;
      const matrix = figure.svg.getScreenCTM().inverse();
      const pixel = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
      move(panel.x.from(pixel.x), panel.y.from(pixel.y));
    });
    ring.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 10 : 1;
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const [x, y] = at();
      move(panel.x.from(panel.x.at(x) + 2 * step * way[0]), panel.y.from(panel.y.at(y) + 2 * step * way[1]));
    });
    figure.listen(() => {
      const [x, y] = at();
      ring.setAttribute("cx", near(panel.x.at(x)));
      ring.setAttribute("cy", near(panel.y.at(y)));
      const text = `(${now().map(short).join(", ")})`;
      ring.setAttribute("aria-label", page.words.start);
      ring.setAttribute("aria-valuetext", text);
      ring.setAttribute("aria-valuenow", now()[0]);
    });
  }
}

// A number for people: four digits.
function short(value) {
  if (!Number.isFinite(value)) return String(value);
  const text = String(Number(value.toPrecision(4)));
  const raised = (_, power) => `×10${[...power].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign])).join("")}`;
  return text.replace(/e[+]?(.+)$/, raised).replaceAll("-", "−");
}
