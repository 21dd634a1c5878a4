// Symbols on lines, by the letters that matplotlib has for them, as paths about a point.

const corners = {
  s: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  D: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  "^": [[0, -1.2], [1.2, 1.2], [-1.2, 1.2]],
  v: [[0, 1.2], [1.2, -1.2], [-1.2, -1.2]],
  P: [[-0.4, -1.2], [0.4, -1.2], [0.4, -0.4], [1.2, -0.4], [1.2, 0.4], [0.4, 0.4], [0.4, 1.2], [-0.4, 1.2],
    [-0.4, 0.4], [-1.2, 0.4], [-1.2, -0.4], [-0.4, -0.4]],
};

function symbol(name, [x, y], r) {
  const points = corners[name];
  if (points) return `M${points.map(([a, b]) => [near(x + r * a), near(y + r * b)]).join("L")}z`;
  return `M${near(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

// A triangle that points the way (a, b).
function arrowhead([x, y], [a, b], r) {
  const length = Math.hypot(a, b) || 1;
  const [u, v] = [(r * a) / length, (r * b) / length];
  const points = [[x, y], [x - 2 * u - v, y - 2 * v + u], [x - 2 * u + v, y - 2 * v - u]];
  return `M${points.map((point) => point.map(near)).join("L")}z`;
}

// The points of a line that have a symbol: every n-th step, or the ones nearest to four places.
function marked({ pixels, steps }, { every, phase }, { box }) {
  const [left, top, right, bottom] = box;
  if (every) return pixels.filter((_, k) => steps[k] % every === 0);
  if (phase === undefined) return [];
  const seen = pixels.filter(([x, y]) => x >= left - 0.01 && x <= right + 0.01 && y >= top && y <= bottom);
  const places = [0, 1, 2, 3].map((k) => left + ((right - left) * (k + phase)) / 4);
  const within = places.filter((x) => seen.length && x >= seen[0][0] && x <= seen[seen.length - 1][0]);
  return [...new Set(within.map((x) => nearestTo(seen, x)))];
}

const nearestTo = (pixels, x) =>
  pixels.reduce((best, one) => (Math.abs(one[0] - x) < Math.abs(best[0] - x) ? one : best));
