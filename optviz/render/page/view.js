// Panels: where numbers stand in the SVG.

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
  const below = shape("g", {}, frame);
  const above = shape("g", {}, svg); // what may reach beyond the panel
  const panel = {
    frame, below, above, box, xlim, ylim, xlog, ylog,
    guides: [], // names of lines that move along a path
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
