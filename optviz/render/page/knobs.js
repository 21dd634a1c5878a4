// What a slider moves: the stops of a setting, or its values: by factors where it is logarithmic, by
// factors of what is left to 1 where that is what counts, so that 0.9, 0.99, 0.999 are equally far apart.
function scaleOf(knob) {
  const { low, high, log, near_one: share, stops } = knob;
  if (stops.length) {
    const last = stops.length - 1;
    return { min: 0, max: last, step: 1, key: 1, to: (value) => nearest(knob, value), from: (at) => stops[at] };
  }
  const to = log ? Math.log10 : share ? (value) => -Math.log10(1 - value) : (value) => value;
  const digits = (value, count) => Number(value.toPrecision(count));
  const from = (at) => {
    const place = Number(at);
    if (log) return digits(10 ** place, 3);
    return share ? digits(1 - digits(10 ** -place, 2), 12) : digits(place, 4);
  };
  return { min: to(low), max: to(high), step: "any", key: (to(high) - to(low)) / 80, to, from };
}

// A slider of a setting; answers what shows its value.
function knobOf(figure, numbers, index, knob, parent) {
  const number = numbers[0];
  const label = element("label", { class: "knob" }, parent);
  element("span", {}, label, knob.symbol);
  const { min, max, step, key, to, from } = scaleOf(knob);
  const slider = element("input", { type: "range", min, max, step }, label);
  const value = element("output", {}, label);
  slider.addEventListener("input", () => figure.setting(numbers, index, from(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (!way) return;
    event.preventDefault();
    slider.value = Number(slider.value) + way * key;
    slider.dispatchEvent(new Event("input"));
  });
  return () => {
    const now = figure.state.settings[number][index];
    slider.value = to(now);
    value.textContent = short(now);
    slider.setAttribute("aria-label", `${bare(figure, number)} ${knob.symbol}`);
    slider.setAttribute("aria-valuetext", `${knob.symbol} = ${short(now)}`);
  };
}
