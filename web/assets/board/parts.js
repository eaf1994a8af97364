// Of which small pieces is the board made?

const SPACE = "http://www.w3.org/2000/svg";

export function made(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function hidden(text) {
  return made("span", "vh", text);
}

function drawn(tag, attributes) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function icon(texts, name, label) {
  const svg = drawn("svg", label ? { class: "icon", role: "img", "aria-label": label } : { class: "icon", "aria-hidden": "true" });
  svg.append(drawn("use", { href: `${texts.icons}#${name}` }));
  return svg;
}

// How much of 100 there is; the words beside it say the same.
export function bar(share) {
  const svg = drawn("svg", { class: "bar", "aria-hidden": "true" });
  svg.append(drawn("rect", { class: "bar__bg", width: "100%", height: "100%", rx: 3 }));
  svg.append(drawn("rect", { class: "bar__fill", width: `${share}%`, height: "100%", rx: 3 }));
  return svg;
}

// Two letters for every house, no two alike as long as there are enough letters.
export function codes(houses) {
  const found = new Map();
  const taken = new Set();
  for (const house of [...new Set(houses)].sort()) {
    const letters = [...house.replace(/^(De|Het|'t|The) /, "").replace(/[^\p{L}\p{N}]/gu, "")];
    const free = letters.slice(1).map((letter) => letters[0] + letter).find((code) => !taken.has(code));
    const code = free ?? letters.slice(0, 2).join("");
    taken.add(code);
    found.set(house, code);
  }
  return found;
}
