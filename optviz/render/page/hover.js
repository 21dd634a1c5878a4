// The numbers of the step under the pointer, beside it, and where that step is in every panel.

const reach = 24; // pixels on the screen

function hoverOf(figure) {
  const { page, panels, root, state, svg } = figure;
  const label = element("output", { class: "hover", hidden: "", "aria-hidden": "true" }, root);
  const spots = figure.marks.map((mark) =>
    shape("circle", { class: `spot off f${mark.walk.role}`, r: page.sizes.ring }, panels[mark.panel].frame),
  );

  function leave() {
    label.hidden = true;
    for (const spot of spots) spot.classList.add("off");
  }

  panels.forEach((panel, number) => {
    const marks = figure.marks.filter((mark) => mark.panel === number);
    if (!marks.length) return;
    const look = (event) => {
      const found = closest(marks.filter((mark) => state.on[mark.number]), panel, placeIn(svg, event));
      if (!found || found.far * unitOf(svg) > reach) return leave();
      label.hidden = false;
      label.textContent = textOf(found);
      beside(event);
      spots.forEach((spot, i) => mark(spot, figure.marks[i], found));
    };
    panel.frame.addEventListener("pointermove", look);
    panel.frame.addEventListener("pointerdown", look);
    panel.frame.addEventListener("pointerleave", leave);
  });

  function textOf({ mark: { number }, t }) {
    return `${bare(figure, number)}, ${fill(page.words.at, { step: t })}: ${numbersAt(figure, number, t)}`;
  }

  function beside(event) {
    const box = root.getBoundingClientRect();
    const scale = box.width / root.offsetWidth; // of the page around it
    const left = Math.min((event.clientX - box.left) / scale + 14, root.offsetWidth - label.offsetWidth);
    label.style.left = `${Math.max(left, 0)}px`;
    label.style.top = `${(event.clientY - box.top) / scale + 14}px`;
  }

  function mark(spot, each, { mark: { number }, t }) {
    const point = each.number === number && pointOf(each, figure.path(number), t, page);
    spot.classList.toggle("off", !point);
    if (!point) return;
    const panel = panels[each.panel];
    spot.setAttribute("cx", near(panel.x.at(point[0])));
    spot.setAttribute("cy", near(panel.y.at(point[1])));
  }

  // The step whose point is nearest to a pixel.
  function closest(marks, panel, pixel) {
    let best;
    for (const mark of marks) {
      const path = figure.path(mark.number);
      const at = pointsOf(mark, path, page);
      for (let t = 0; t <= Math.min(state.step, path.end); t++) {
        const point = at(t);
        if (!point) continue;
        const far = Math.hypot(panel.x.at(point[0]) - pixel.x, panel.y.at(point[1]) - pixel.y);
        if (!best || far < best.far) best = { mark, t, far };
      }
    }
    return best;
  }
}
