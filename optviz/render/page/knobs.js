// A slider of a setting, by factors where it is logarithmic; answers what shows its value.
function knobOf(figure, numbers, index, knob, parent) {
  const number = numbers[0];
  const label = element("label", { class: "knob" }, parent);
  element("span", {}, label, knob.symbol);
  const to = knob.log ? Math.log10 : (value) => value;
  const from = knob.log ? (value) => Number((10 ** value).toPrecision(4)) : Number;
  const slider = element("input", {
    type: "range", min: to(knob.low), max: to(knob.high), step: "any",
    "aria-label": `${bare(figure.page.walks[number])} ${knob.symbol}`,
  }, label);
  const value = element("output", {}, label);
  const step = (to(knob.high) - to(knob.low)) / 100;
  slider.addEventListener("input", () => {
    const rounded = knob.log ? from(slider.value) : Number(Number(slider.value).toFixed(4));
    figure.setting(numbers, index, rounded);
  });
  slider.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    slider.value = Number(slider.value) + way * step;
    slider.dispatchEvent(new Event("input"));
  });
  return () => {
    const now = figure.state.settings[number][index];
    slider.value = to(now);
    value.textContent = short(now);
    slider.setAttribute("aria-valuetext", `${knob.symbol} = ${short(now)}`);
  };
}
