// Walks that are no program in the page: their steps as they were recorded, in 16 bits.

// A column is [least, greatest, text]: differences of the steps' numbers of 0 to 65534, in base64;
// 65535 is no number. One that grows far has a unit, of which they are the asinh.
function column([low, high, text, unit]) {
  const bytes = atob(text);
  const values = new Float64Array(bytes.length / 2);
  let last = 0;
  for (let i = 0; i < values.length; i++) {
    last = (last + bytes.charCodeAt(2 * i) + 256 * bytes.charCodeAt(2 * i + 1)) & 65535;
    const value = last === 65535 ? NaN : low + ((high - low) * last) / 65534;
    values[i] = unit ? unit * Math.sinh(value) : value;
  }
  return values;
}

// The index of the stop that is nearest to a value.
function nearest({ stops, log, near_one: share }, value) {
  const to = log ? (v) => Math.log(Math.abs(v) || 1e-300) : share ? (v) => Math.log(1 - v) : (v) => v;
  const away = stops.map((stop) => Math.abs(to(stop) - to(value)));
  return away.indexOf(Math.min(...away));
}

// The settings nearest to those that are wanted for which there are rows: one differs at most.
function stopped({ knobs, settings }, wanted) {
  const moved = wanted.findIndex((value, k) => value !== settings[k]);
  const { stops } = knobs[moved] || {};
  return settings.map((value, k) => (k === moved ? stops[nearest(knobs[k], wanted[k])] : value));
}

// The path of the columns at a stop: f, x, the gradient and the rate of the step after. Steps that
// were not recorded are no numbers.
function recorded({ dim, rows, knobs, sweeps, settings, steps, every }, now) {
  const moved = now.findIndex((value, k) => value !== settings[k]);
  const columns = (moved < 0 ? rows : sweeps[moved][knobs[moved].stops.indexOf(now[moved])]).map(column);
  const woven = (first, count, wide = dim) => {
    const values = new Float64Array(count * wide).fill(NaN);
    columns[0].forEach((_, row) => {
      const t = Math.min(row * every, steps);
      for (let i = 0; i < wide && t < count; i++) values[t * wide + i] = columns[first + i][row];
    });
    return values;
  };
  const f = woven(0, steps + 1, 1);
  const end = recordedAt(f, steps);
  return {
    dim,
    steps,
    end,
    f,
    x: woven(1, steps + 1),
    grad: woven(1 + dim, steps),
    rate: woven(1 + 2 * dim, steps),
  };
}
