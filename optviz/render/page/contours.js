// Contours of f in a panel, from its values on a grid: areas f ≤ level and the lines around them.

const across = 160; // cells of the grid

function contoursOf(group, panel, height, count) {
  const [left, top, right, bottom] = panel.box;
  const down = Math.max(Math.round((across * (bottom - top)) / (right - left)), 8);
  const xs = evenly(left, right, across);
  const ys = evenly(top, bottom, down);
  const values = ys.map((y) => xs.map((x) => height(panel.x.from(x), panel.y.from(y))));
  const levels = levelsOf(values.flat(), count);
  for (let i = levels.length - 1; i >= 0; i--) {
    const { area, line } = region(xs, ys, values, levels[i]);
    shape("path", { class: "band", fill: `var(--b${i})`, d: area }, group);
    shape("path", { class: "contour", stroke: `var(--c${i})`, d: line }, group);
  }
}

const evenly = (low, high, cells) => Array.from({ length: cells + 1 }, (_, i) => low + ((high - low) * i) / cells);

// Levels that leave as much room between two of them, closer together near the least value.
function levelsOf(values, count) {
  const known = values.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share) => known[Math.floor(share * (known.length - 1))];
  const levels = Array.from({ length: count }, (_, i) => at(((i + 0.6) / count) ** 1.4));
  return levels.filter((level, i) => level > (i ? levels[i - 1] : known[0]));
}

// The area where the values are at most the level, and its edge, as paths.
function region(xs, ys, values, level) {
  let area = "";
  let line = "";
  for (let j = 0; j + 1 < ys.length; j++) {
    let from = -1; // where a row of cells that are all below began
    for (let i = 0; i + 1 < xs.length; i++) {
      const below = [values[j][i], values[j][i + 1], values[j + 1][i + 1], values[j + 1][i]].map((v) => v <= level);
      const all = below.every(Boolean);
      if (all && from < 0) from = i;
      if (!all && from >= 0) {
        area += block(xs[from], ys[j], xs[i], ys[j + 1]);
        from = -1;
      }
      if (all || !below.some(Boolean)) continue;
      const cut = cell(xs, ys, values, level, i, j);
      area += `M${cut.corners.join("L")}z`;
      for (let k = 0; k + 1 < cut.ends.length; k += 2) line += `M${cut.ends[k]}L${cut.ends[k + 1]}`;
    }
    if (from >= 0) area += block(xs[from], ys[j], xs[xs.length - 1], ys[j + 1]);
  }
  return { area, line };
}

const tenth = (pixel) => Math.round(10 * pixel) / 10;
const block = (x, y, right, bottom) => `M${tenth(x)} ${tenth(y)}H${tenth(right)}V${tenth(bottom)}H${tenth(x)}z`;

// A cell that the level passes: the corners of the part below it, and where the level enters and leaves.
function cell(xs, ys, values, level, i, j) {
  const around = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
  const corners = [];
  const ends = [];
  around.forEach(([a, b], k) => {
    const [c, d] = around[(k + 1) % 4];
    const [here, there] = [values[b][a], values[d][c]];
    if (here <= level) corners.push(`${tenth(xs[a])} ${tenth(ys[b])}`);
    if (here <= level === there <= level) return;
    const share = Number.isFinite(here) && Number.isFinite(there) ? (level - here) / (there - here) : 0.5;
    const point = `${tenth(xs[a] + share * (xs[c] - xs[a]))} ${tenth(ys[b] + share * (ys[d] - ys[b]))}`;
    corners.push(point);
    ends.push(point);
  });
  return { corners, ends };
}
