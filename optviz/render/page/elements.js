// Elements of the page, and numbers as people read them.

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, parent, text) {
  return added(document.createElement(name), attributes, parent, text);
}

function shape(name, attributes, parent, text) {
  return added(document.createElementNS(SVG, name), attributes, parent, text);
}

function added(made, attributes, parent, text) {
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

// Changes a text where it is another: to lay it out takes time.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);

const raised = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// A number of a few digits, as figures have it: 0.00012 is 1.2×10⁻⁴.
const short = (value) => digitsOf(value, 4);

function digitsOf(value, digits) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const plain = !size || (size >= 1e-3 && size < 1e6);
  const text = plain ? String(Number(value.toPrecision(digits))) : value.toExponential(digits - 1);
  const [mantissa, exponent] = text.split("e");
  const front = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  const power = exponent && `×10${[...exponent.replace("+", "")].map((sign) => raised[sign]).join("")}`;
  return `${front}${power || ""}`.replace(/^(-?)1×/, "$1").replace("-", "−");
}

// Pixels of the screen for a unit of an SVG, also in a page that is scaled as a whole.
const unitOf = (svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;

// The place of a pointer in the units of an SVG.
function placeIn(svg, event) {
  const { left, top } = svg.getBoundingClientRect();
  const unit = unitOf(svg);
  return { x: (event.clientX - left) / unit, y: (event.clientY - top) / unit };
}
