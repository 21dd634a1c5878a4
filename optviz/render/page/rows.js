// Walks that are no program in the page: their steps as they were recorded, in 16 bits.

// A column is [least, greatest, text]: differences of the steps' numbers of 0 to 65534, in base64;
// 65535 is no number.
function column([low, high, text]) {
  const bytes = atob(text);
  const values = new Float64Array(bytes.length / 2);
  let last = 0;
  for (let i = 0; i < values.length; i++) {
    last = (last + bytes.charCodeAt(2 * i) + 256 * bytes.charCodeAt(2 * i + 1)) & 65535;
    values[i] = last === 65535 ? NaN : low + ((high - low) * last) / 65534;
  }
  return values;
}

// The path of recorded columns: f, x, the gradient and the rate of the step after.
function recorded({ dim, rows }) {
  const columns = rows.map(column);
  const steps = columns[0].length - 1;
  const woven = (first, count) => {
    const values = new Float64Array(count * dim);
    for (let t = 0; t < count; t++) for (let i = 0; i < dim; i++) values[t * dim + i] = columns[first + i][t];
    return values;
  };
  let end = steps;
  while (end > 0 && Number.isNaN(columns[0][end])) end--;
  return {
    dim,
    steps,
    end,
    f: columns[0],
    x: woven(1, steps + 1),
    grad: woven(1 + dim, steps),
    rate: woven(1 + 2 * dim, steps),
  };
}
