// Play and pause: all steps in five seconds at most, none where motion is not wanted.
function player(figure, button, slider) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const { words } = figure.page;
  const { last, state } = figure;
  const seconds = Math.min(Math.max(last * 0.12, 1.5), 5);
  let began = 0;
  let first = 0;
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    button.textContent = words.play;
  }

  function tick(now) {
    began = began || now;
    const step = first + Math.floor(((now - began) / 1000 / seconds) * last);
    figure.step(step);
    if (step >= last) stop();
    else frame = requestAnimationFrame(tick);
  }

  slider.addEventListener("input", stop);
  button.addEventListener("click", () => {
    if (frame) return stop();
    if (still.matches) return figure.step(state.step >= last ? 0 : state.step + 1);
    first = state.step >= last ? 0 : state.step;
    began = 0;
    button.textContent = words.pause;
    frame = requestAnimationFrame(tick);
  });
}
