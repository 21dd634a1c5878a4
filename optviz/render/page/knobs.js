// What a slider moves: the stops of a setting, or its values, by factors where it is logarithmic.
function scaleOf(knob) {
  const { low, high, log, stops } = knob;
  if (stops.length) {
    const last = stops.length - 1;
    return { min: 0, max: last, step: 1, key: 1, to: (value) => nearest(knob, value), from: (at) => stops[at] };
  }
  const to = log ? Math.log10 : (value) => value;
  const from = log ? (at) => Number((10 ** at).toPrecision(4)) : (at) => Number(Number(at).toFixed(4));
  return { min: to(low), max: to(high), step: "any", key: (to(high) - to(low)) / 100, to, from };
}

// A slider of a setting; answers what shows its value.
function knobOf(figure, numbers, index, knob, parent) {
  const number = numbers[0];
  const label = element("label", { class: "knob" }, parent);
  element("span", {}, label, knob.symbol);
  const { min, max, step, key, to, from } = scaleOf(knob);
  const slider = element("input", {
    type: "range", min, max, step,
    "aria-label": `${bare(figure.page.walks[number])} ${knob.symbol}`,
  }, label);
  const value = element("output", {}, label);
  slider.addEventListener("input", () => figure.setting(numbers, index, from(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    slider.value = Number(slider.value) + way * key;
    slider.dispatchEvent(new Event("input"));
  });
  return () => {
    const now = figure.state.settings[number][index];
    slider.value = to(now);
    value.textContent = short(now);
    slider.setAttribute("aria-valuetext", `${knob.symbol} = ${short(now)}`);
  };
}
