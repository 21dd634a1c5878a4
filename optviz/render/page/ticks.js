// The axes of a panel whose limits are new: round numbers, their lines and labels.

function axesOf(group, panel, size, room) {
  const [left, top, right, bottom] = panel.box;
  group.replaceChildren();
  const look = { "font-size": size, class: "tick" };
  shape("path", { class: "rule", d: `M${left} ${bottom}H${right}` }, group);
  for (const value of ticks(panel.x.limits, panel.xlog, Math.min(6, (right - left) / (5 * size)))) {
    const x = near(panel.x.at(value));
    shape("path", { class: "rule", d: `M${x} ${bottom}v${size / 3}` }, group);
    shape("text", { ...look, x, y: bottom + 1.4 * size, "text-anchor": "middle" }, group, label(value));
  }
  for (const value of ticks(panel.y.limits, panel.ylog, Math.min(6, (bottom - top) / (2.5 * size)))) {
    const y = near(panel.y.at(value));
    const text = label(value);
    const letters = (room - 0.6 * size) / (0.68 * size);
    const lines = text.length > letters ? text.split(/(?=×)/) : [text]; // a power below what it is a factor of
    const fits = Math.min(1, letters / Math.max(...lines.map((line) => line.length)));
    const place = { x: left - 0.6 * size, "text-anchor": "end", "font-size": near(fits * size) };
    shape("path", { class: "rule", d: `M${left} ${y}h${-size / 3}` }, group);
    lines.forEach((line, i) => {
      shape("text", { ...look, ...place, y: y + (0.35 + i - (lines.length - 1) / 2) * size }, group, line);
    });
  }
}

// How far it is from a panel to the next on its left, or to the border.
function roomLeft({ box: [left, top, , bottom] }, panels) {
  const before = panels.filter(({ box }) => box[2] < left && box[1] < bottom && box[3] > top);
  return left - Math.max(0, ...before.map(({ box }) => box[2]));
}

const label = (value) => digitsOf(value, 6);

// At most about `count` round numbers between two.
function ticks([low, high], log, count) {
  const most = Math.max(Math.floor(count), 2);
  if (log && Math.log10(high / low) >= 3) {
    const first = Math.ceil(Math.log10(low));
    const last = Math.floor(Math.log10(high));
    const every = Math.ceil((last - first + 1) / most);
    return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => Number(`1e${first + i * every}`));
  }
  if (log) return byFactors(low, high);
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 5, 10].find((each) => each * power >= raw) * power;
  const found = [];
  for (let i = Math.ceil(low / unit); i * unit <= high; i++) found.push(Number((i * unit).toPrecision(12)));
  return found;
}

// 1, 2 and 5 in each decade, or what is round between them where there are fewer than two.
function byFactors(low, high) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of [1, 2, 5]) found.push(Number(`${digit}e${power}`));
  const within = found.filter((value) => value >= low && value <= high);
  return within.length > 1 ? within : ticks([low, high], false, 4);
}
