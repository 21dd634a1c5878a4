// The view and the levels anew: axes that hold what is on screen, with their ticks and contours.

function fitterOf(figure, parent) {
  const { page, panels, root, svg } = figure;
  const height = landscapeOf(page);
  const grounded = figure.marks.some((mark) => mark.quantity === "path" || mark.quantity === "profile");
  if (grounded && !height) return;
  const drawnAnew = panels.map((panel) => ({
    ground: panel.frame.insertBefore(shape("g", { class: "anew" }), panel.frame.children[1]),
    axes: svg.insertBefore(shape("g", { class: "anew" }), panel.frame),
  }));

  buttonOf(parent, page.words.fit, () => {
    panels.forEach((panel, i) => {
      const marks = figure.marks.filter((mark) => mark.panel === i && figure.state.on[mark.number]);
      if (!marks.length) return;
      fitted(figure, panel, marks);
      groundOf(drawnAnew[i].ground, panel, marks[0], page, height);
      axesOf(drawnAnew[i].axes, panel, page.sizes.tick, roomLeft(panel, panels));
    });
    root.classList.add("fitted");
    figure.draw();
  });
  figure.unfit = () => {
    root.classList.remove("fitted");
    for (const panel of panels) panel.view(panel.xlim, panel.ylim);
    for (const { ground, axes } of drawnAnew) for (const part of [ground, axes]) part.replaceChildren();
  };
}

// f at a point, from a walk that has it as a program.
function landscapeOf(page) {
  const walk = page.walks.find((each) => !each.rows);
  if (!walk) return undefined;
  const count = walk.settings.length;
  const input = new Float64Array(2 + count + walk.size);
  const output = new Float64Array(walk.size + walk.dim);
  input.set(walk.settings);
  return (...x) => {
    input.set(x, count);
    walk.begin(input, output);
    return output[walk.dim];
  };
}

// Gives a panel the limits that hold all points of its marks up to the step.
function fitted(figure, panel, marks) {
  const { page, state } = figure;
  const points = [];
  for (const mark of marks) {
    const path = figure.path(mark.number);
    const at = pointsOf(mark, path, page);
    for (let t = 0; t <= Math.min(state.step, path.end); t++) {
      const point = at(t);
      if (point && point.every(Number.isFinite)) points.push(point);
    }
  }
  const { quantity } = marks[0];
  if (quantity === "path" && page.minimiser.length) points.push(page.minimiser);
  if (quantity === "profile" && page.minimiser.length) points.push([page.minimiser[0], page.least]);
  const shown = points.filter(([x, y]) => (!panel.xlog || x > 0) && (!panel.ylog || y > 0));
  if (!shown.length) return;
  const steps = quantity !== "path" && quantity !== "profile";
  const x = steps ? panel.xlim : around(shown.map((point) => point[0]), panel.xlog);
  const y = around(shown.map((point) => point[1]), panel.ylog);
  panel.view(...(panel.isEqual() ? equal(panel, x, y) : [x, y]));
}

// The least and the greatest value, with a margin; by factors on a logarithmic axis.
function around(values, log) {
  const sizes = log ? values.map(Math.log10) : values;
  const low = sizes.reduce((a, b) => Math.min(a, b));
  const high = sizes.reduce((a, b) => Math.max(a, b));
  const margin = 0.08 * (high - low) || 0.1 * Math.abs(low) || 1;
  const ends = [low - margin, high + margin];
  return log ? ends.map((end) => 10 ** Math.min(Math.max(end, -300), 300)) : ends;
}

// Limits in which a unit is as long on both axes.
function equal({ box }, x, y) {
  const [width, high] = [box[2] - box[0], box[3] - box[1]];
  const unit = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / high);
  const about = ([low, end], length) => [(low + end - length) / 2, (low + end + length) / 2];
  return [about(x, unit * width), about(y, unit * high)];
}

// What lies below the paths: contours of f, or its graph, and the minimum.
function groundOf(group, panel, mark, page, height) {
  group.replaceChildren();
  if (mark.quantity === "path") contoursOf(group, panel, height, page.bands);
  if (mark.quantity === "profile") {
    const line = samples(panel.x, panel.box[0], panel.box[2], 240, (x) => panel.y.at(height(x)));
    shape("path", { class: "graph", d: line }, group);
  }
  if (mark.quantity === "path" && page.minimiser.length) {
    const [x, y] = [panel.x.at(page.minimiser[0]), panel.y.at(page.minimiser[1])];
    shape("path", { class: "minimum", d: `M${near(x - 5)} ${near(y)}h10m-5-5v10` }, group);
  }
}

function samples(axis, start, end, count, at) {
  let line = "";
  for (let i = 0; i <= count; i++) {
    const pixel = start + ((end - start) * i) / count;
    const y = at(axis.from(pixel));
    if (Number.isFinite(y)) line += `${line ? "L" : "M"}${near(pixel)} ${near(y)}`;
  }
  return line;
}
