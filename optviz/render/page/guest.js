// A figure in a page that has keys, swipes and shortcuts of its own: what is meant for the figure stays in it.

const uses = [
  ["input[type=range]", /^(Arrow|Page|Home|End)/],
  ["input[type=checkbox],button", /^(\s|Enter)$/],
  [".start", /^Arrow/],
];

function guestOf({ root }) {
  const used = ({ target, key }) => uses.some(([selector, keys]) => target.matches(selector) && keys.test(key));
  const held = ({ target }) => target.closest(".start,.controls");
  const keep = (types, meant) =>
    types.forEach((type) => root.addEventListener(type, (event) => meant(event) && event.stopPropagation(), { passive: true }));
  keep(["keydown", "keyup"], used);
  keep(["pointerdown", "pointermove", "mousedown", "touchstart", "touchmove"], held);
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // Jupyter takes keys before they come here
}
