"use strict";
// The page can be read without this. With it, it is searched and its figures are opened.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const cards = all(".card");
  const field = one(".search input");
  const viewer = one("dialog");
  const sheet = one(".sheet");
  const title = document.title;
  const many = one(".count").textContent;
  const copyWord = one(".copy")?.textContent;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // Search: every word somewhere in the figure; x₂ is found by x2, a minus by a hyphen.
  const folded = (text) => text.normalize("NFKC").replaceAll("−", "-").toLowerCase();
  const heading = (card) => one("h2", card.closest("section")).textContent;
  const texts = cards.map((card) =>
    folded([heading(card), ...all(".find", card).map((part) => part.textContent)].join("\n")));

  function search() {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    cards.forEach((card, at) => {
      card.hidden = !words.every((word) => texts[at].includes(word));
    });
    for (const section of all("section")) section.hidden = !one(".card:not([hidden])", section);
    const left = cards.filter((card) => !card.hidden).length;
    const count = one(".count");
    count.textContent = words.length ? count.dataset.found.replace("{count}", left) : many;
    const empty = one(".empty");
    empty.hidden = left > 0 || !words.length;
    empty.textContent = words.length > 1 ? empty.dataset.many : empty.dataset.one;
  }

  // The viewer: the address says which figure is open, so links, Back and reload work.
  const OPENED = "opened here";
  let shown = null;

  function named() {
    const raw = location.hash.slice(1);
    let name = raw;
    try { name = decodeURIComponent(raw); } catch { /* no name of ours */ }
    return raw && cards.find((card) => card.id === raw || card.dataset.name === name);
  }

  function among() {
    const found = cards.filter((card) => !card.hidden);
    return found.includes(shown) ? found : cards;
  }

  function show(card) {
    shown = card;
    sheet.replaceChildren(...[...card.children].map((child) => child.cloneNode(true)));
    for (const film of all("details.film", sheet)) film.open = !still.matches;
    for (const link of all("a[data-of]", sheet)) {
      const seen = all("[data-file]", sheet).find((it) => it.dataset.file === link.dataset.of);
      link.href = seen.src;
    }
    for (const picture of all("img", sheet)) picture.decoding = "sync"; // no flash between two
    viewer.setAttribute("aria-label", card.dataset.name);
    document.title = `${card.dataset.name} · ${title}`;
    const place = one(".place");
    place.textContent = place.dataset.place
      .replace("{place}", among().indexOf(card) + 1).replace("{count}", among().length);
    if (!viewer.open) {
      viewer.showModal();
      sheet.focus(); // so that keys scroll it
    }
    sheet.scrollTop = 0;
    for (const film of all("video", sheet)) {
      film.controls = true;
      if (!still.matches) film.play();
    }
  }

  function move(by) {
    const list = among();
    show(list[(list.indexOf(shown) + by + list.length) % list.length]);
    history.replaceState(history.state, "", `#${shown.id}`);
  }

  function rest(card) {
    one(".open", card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function follow() {
    const card = named();
    if (card && card !== shown) show(card);
    else if (!card && viewer.open) viewer.close();
    if (!card) history.scrollRestoration = "auto";
  }

  viewer.addEventListener("close", () => {
    const card = shown;
    shown = null;
    document.title = title;
    sheet.replaceChildren();
    rest(card);
    if (named() && history.state === OPENED) history.back();
    else if (named()) history.replaceState(null, "", location.pathname + location.search);
  });

  async function copy(button) {
    const code = one("code", button.parentElement);
    let done = true;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch { // no permission, or no secure place
      getSelection().selectAllChildren(code);
      done = document.execCommand("copy");
    }
    button.textContent = done ? button.dataset.copied : button.dataset.selected;
    setTimeout(() => { button.textContent = copyWord; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (at(".copy")) copy(at(".copy"));
    else if (at(".before")) move(-1);
    else if (at(".after")) move(1);
    else if (at(".close") || event.target === viewer) viewer.close();
    else if (at(".open") && plain) {
      event.preventDefault();
      if (viewer.open) return;
      history.scrollRestoration = "manual"; // Back goes to the figure that was seen last
      history.pushState(OPENED, "", at(".open").getAttribute("href"));
      follow();
    }
  });

  // The page of a figure runs once it is opened, until it is closed.
  document.addEventListener("toggle", (event) => {
    const details = event.target.closest(".alive");
    if (!details) return;
    one("iframe", details)?.remove();
    if (details.open) details.append(one("template", details).content.cloneNode(true));
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const first = cards.find((card) => !card.hidden);
    if (viewer.open) {
      if (event.target.closest("video, .values")) return; // they have a use for arrows
      if (event.key === "ArrowLeft") move(-1);
      if (event.key === "ArrowRight") move(1);
    } else if (event.target === field) {
      if (event.isComposing) return;
      if (event.key === "Escape") { field.value = ""; search(); }
      if ((event.key === "Enter" || event.key === "ArrowDown") && first) rest(first);
    } else if (event.key === "/") {
      event.preventDefault();
      field.select();
    }
  });

  // A film that is alone in its card plays there, unless motion is not wanted.
  for (const film of all(".card details.alone")) film.open = !still.matches;
  for (const film of all(".card video")) film.controls = false;
  field.addEventListener("input", search);
  addEventListener("popstate", follow);
  search();
  follow();
});
