// The numbers of the step under the pointer, beside it.

const reach = 24; // pixels on the screen

function hoverOf(figure) {
  const { page, panels, root, state } = figure;
  const label = element("output", { class: "hover", hidden: "", "aria-hidden": "true" }, root);
  panels.forEach((panel, number) => {
    const marks = figure.marks.filter((mark) => mark.panel === number);
    if (!marks.length) return;
    panel.frame.addEventListener("pointermove", (event) => {
      const matrix = figure.svg.getScreenCTM();
      const pixel = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      const found = nearest(marks.filter((mark) => state.on[mark.number]), panel, pixel);
      label.hidden = !found || found.far * matrix.a > reach;
      if (label.hidden) return;
      const walk = page.walks[found.mark.number];
      const step = fill(page.words.at, { step: found.t });
      label.textContent = `${walk.name}, ${step}: ${numbersAt(figure, found.mark.number, found.t)}`;
      const box = root.getBoundingClientRect();
      label.style.left = `${Math.min(event.clientX - box.left + 12, box.width - label.offsetWidth)}px`;
      label.style.top = `${event.clientY - box.top + 12}px`;
    });
    panel.frame.addEventListener("pointerleave", () => (label.hidden = true));
  });

  // The step whose point is nearest to a pixel.
  function nearest(marks, panel, pixel) {
    let best;
    for (const mark of marks) {
      const path = figure.path(mark.number);
      for (let t = 0; t <= Math.min(state.step, path.end); t++) {
        const point = pointOf(mark, path, t, page);
        if (!point) continue;
        const far = Math.hypot(panel.x.at(point[0]) - pixel.x, panel.y.at(point[1]) - pixel.y);
        if (!best || far < best.far) best = { mark, t, far };
      }
    }
    return best;
  }
}
