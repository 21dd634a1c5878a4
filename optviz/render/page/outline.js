// What a mark shows: its points as numbers of its panel, and the lines through them.

// The point of a mark after step t; nothing where it has none.
const pointOf = (mark, path, t, page) => pointsOf(mark, path, page)(t);

// What gives the point of a mark, of one of its coordinates, after any step.
function pointsOf(mark, path, page, index = mark.coordinates[0]) {
  const { dim, x, f, grad, constants } = path;
  const { least, minimiser } = page;
  const ofRates = (value) => (t) => (t ? [t, value(t)] : undefined);
  switch (mark.quantity) {
    case "path":
      return (t) => [x[t * dim], x[t * dim + 1]];
    case "profile":
      return (t) => [x[t * dim], f[t]];
    case "f":
      return (t) => [t, f[t]];
    case "gap":
      return (t) => [t, f[t] - least];
    case "distance":
      return (t) => [t, norm(dim, x, t * dim, minimiser)];
    case "gradient":
      return (t) => (t < path.steps ? [t, norm(dim, grad, t * dim)] : undefined);
    case "sharpness":
    case "ratio": {
      const C = mark.quantity === "ratio" ? constants[0] : 1;
      const values = sharpnessAlong(path, page);
      return ofRates((t) => values[t] / C);
    }
    default:
      return ofRates(rateOf(path, mark.quantity, index));
  }
}

// The rate of a coordinate at step t: as it is, as the step was, or with the inertia to come.
function rateOf(path, quantity, i) {
  const { dim, rate, x, grad, constants } = path;
  const at = (t) => (t - 1) * dim + i;
  if (quantity === "realised") return (t) => -(x[t * dim + i] - x[at(t)]) / grad[at(t)];
  if (quantity === "asymptotic") return (t) => rate[at(t)] * constants[1];
  return (t) => rate[at(t)];
}

function norm(dim, values, first, from) {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += (values[first + i] - (from ? from[i] : 0)) ** 2;
  return Math.sqrt(sum);
}

const far = 1e5; // pixels: further out a line is not followed
const near = (pixel) => Math.round(100 * Math.min(Math.max(pixel, -far), far)) / 100;

// The line of a coordinate of a mark up to step `last`: its pixels, the steps of these, and as text.
function outline(mark, panel, path, last, page, index) {
  const pixels = [];
  const steps = [];
  const at = pointsOf(mark, path, page, index);
  let line = "";
  let joint = "M";
  for (let t = 0; t <= Math.min(last, path.end); t++) {
    const point = at(t);
    if (!point) continue;
    const x = panel.x.at(point[0]);
    const y = panel.y.at(point[1]);
    if (Number.isNaN(y)) joint = "M"; // as of f below f* on a logarithmic axis: the line has a gap
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const pixel = [near(x), near(y)];
    pixels.push(pixel);
    steps.push(t);
    line += `${joint}${pixel}`;
    joint = "L";
  }
  return { line, pixels, steps };
}

// Where a line leaves its panel for good: the place on the frame, and the way it goes there.
function exitOf({ pixels }, { box }) {
  const [left, top, right, bottom] = box;
  const inside = ([x, y]) => x >= left && x <= right && y >= top && y <= bottom;
  const last = pixels.findLastIndex(inside);
  if (last < 0 || last === pixels.length - 1) return undefined;
  const [from, to] = [pixels[last], pixels[last + 1]];
  const way = [to[0] - from[0], to[1] - from[1]];
  const shares = [[left, right], [top, bottom]].map(([low, high], k) =>
    way[k] ? Math.max((low - from[k]) / way[k], (high - from[k]) / way[k]) : 1,
  );
  const share = Math.min(1, ...shares);
  return { at: [from[0] + share * way[0], from[1] + share * way[1]], way };
}
