// A figure in a page that has keys, swipes and shortcuts of its own: what is meant for the figure stays in it.

const uses = [
  ["input[type=range]", /^(Arrow|Page|Home|End)/],
  ["input[type=checkbox],button", /^(\s|Enter)$/],
  [".start", /^Arrow/],
];

function guestOf({ root, still }) {
  ownClips(still);
  const used = ({ target, key }) => uses.some(([selector, keys]) => target.matches(selector) && keys.test(key));
  const held = ({ target }) => target.closest(".start,.controls");
  const keep = (types, meant) => {
    const stop = (event) => meant(event) && event.stopPropagation();
    for (const type of types) root.addEventListener(type, stop, { passive: true });
  };
  keep(["keydown", "keyup"], used);
  keep(["pointerdown", "pointermove", "mousedown", "touchstart", "touchmove"], held);
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // Jupyter takes keys before they come here
}

// A name that two figures share is that of the first, and where that is hidden it clips nothing.
function ownClips(still) {
  const suffix = Math.random().toString(36).slice(2);
  for (const clip of still.querySelectorAll("clipPath")) {
    const parts = still.querySelectorAll(`[clip-path="url(#${clip.id})"]`);
    clip.id += `-${suffix}`;
    for (const part of parts) part.setAttribute("clip-path", `url(#${clip.id})`);
  }
}
