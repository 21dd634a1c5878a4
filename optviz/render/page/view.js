// Panels: where numbers stand in the SVG, and the lines that are drawn there.

// An axis from `low` to `high`, drawn between the pixels `start` and `end`.
function axis([low, high], log, start, end) {
  const to = log ? Math.log10 : (value) => value;
  const [first, last] = [to(low), to(high)];
  const unit = (end - start) / (last - first);
  return {
    limits: [low, high],
    at: (value) => start + (to(value) - first) * unit,
    from(pixel) {
      const value = first + (pixel - start) / unit;
      return log ? 10 ** value : value;
    },
  };
}

function panelOf({ box, xlim, ylim, xlog, ylog }, svg) {
  const [left, top, right, bottom] = box;
  const size = { x: left, y: top, width: right - left, height: bottom - top };
  const frame = shape("svg", { ...size, viewBox: `${left} ${top} ${size.width} ${size.height}` }, svg);
  shape("rect", { ...size, class: "ground" }, frame);
  const panel = {
    frame, box, xlim, ylim, xlog, ylog,
    view(x, y) {
      panel.x = axis(x, xlog, left, right);
      panel.y = axis(y, ylog, bottom, top);
    },
    // Whether a unit is as long on both axes of the still.
    isEqual() {
      const units = [(xlim[1] - xlim[0]) / (right - left), (ylim[1] - ylim[0]) / (bottom - top)];
      return !xlog && !ylog && Math.abs(units[0] / units[1] - 1) < 0.01;
    },
  };
  panel.view(xlim, ylim);
  return panel;
}

// The point of a mark after step t as numbers of its panel; nothing where it has none.
function pointOf(mark, path, t, page) {
  const { dim } = path;
  const x = (i) => path.x[t * dim + i];
  const f = path.f[t];
  switch (mark.quantity) {
    case "path":
      return [x(0), x(1)];
    case "profile":
      return [x(0), f];
    case "rate":
      return t ? [t, path.rate[(t - 1) * dim + mark.index]] : undefined;
    case "f":
      return [t, f];
    case "gap":
      return [t, f - page.least];
    case "distance": {
      let sum = 0;
      for (let i = 0; i < dim; i++) sum += (x(i) - page.minimiser[i]) ** 2;
      return [t, Math.sqrt(sum)];
    }
    default: {
      if (t >= path.steps) return undefined;
      let sum = 0;
      for (let i = 0; i < dim; i++) sum += path.grad[t * dim + i] ** 2;
      return [t, Math.sqrt(sum)];
    }
  }
}

const far = 1e5; // pixels: further out a line is not followed
const near = (pixel) => Math.round(100 * Math.min(Math.max(pixel, -far), far)) / 100;

// The line of a mark up to step `last`, the dots on it, and where it ends.
function outline(mark, panel, path, last, page) {
  let line = "";
  let dots = "";
  let end;
  const every = mark.look.every || 0;
  for (let t = 0; t <= Math.min(last, path.end); t++) {
    const point = pointOf(mark, path, t, page);
    if (!point) continue;
    const x = panel.x.at(point[0]);
    const y = panel.y.at(point[1]);
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    end = [near(x), near(y)];
    line += `${line ? "L" : "M"}${end}`;
    if (every && t % every === 0) dots += `M${end}h0`;
  }
  return { line, dots, end };
}

// The shapes of a mark, and what draws them anew.
function drawn(mark, panel) {
  const { look, walk } = mark;
  const role = `w${walk.role}`;
  const line = (extra) => shape("path", { class: extra }, panel.frame);
  const halo = look.halo ? line("halo") : undefined;
  const stroke = line(`line ${role}`);
  const dots = look.dot ? line(`line dots ${role}`) : undefined;
  const head = look.head ? shape("circle", { class: `head ${role}`, r: look.head / 2 }, panel.frame) : undefined;
  if (halo) halo.setAttribute("stroke-width", look.halo);
  stroke.setAttribute("stroke-width", look.width);
  if (look.dash.length) stroke.setAttribute("stroke-dasharray", look.dash.join(" "));
  if (dots) dots.setAttribute("stroke-width", look.dot);
  return {
    draw(path, last, page) {
      const made = outline(mark, panel, path, last, page);
      if (halo) halo.setAttribute("d", made.line);
      stroke.setAttribute("d", made.line);
      if (dots) dots.setAttribute("d", made.dots);
      if (head) head.toggleAttribute("hidden", !made.end);
      if (head && made.end) {
        head.setAttribute("cx", made.end[0]);
        head.setAttribute("cy", made.end[1]);
      }
    },
    show(visible) {
      for (const each of [halo, stroke, dots, head]) if (each) each.classList.toggle("off", !visible);
    },
  };
}
