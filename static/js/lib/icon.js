const SVG = "http://www.w3.org/2000/svg";

/**
 * A Lucide icon. The server makes a sprite of the icons whose names stand as literals in our modules.
 * @param {string} name for example "upload"
 * @param {string} [label] read aloud; without it the icon is decoration
 * @returns {SVGSVGElement}
 */
export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("fill", "none");
  svg.setAttribute("stroke", "currentColor");
  svg.setAttribute("stroke-linecap", "round");
  svg.setAttribute("stroke-linejoin", "round");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", address(name));
  svg.append(use);
  return svg;
}

/** Another icon in the place of one. @param {SVGSVGElement} svg @param {string} name */
export function changeIcon(svg, name) {
  const use = /** @type {Element} */ (svg.firstElementChild);
  if (use.getAttribute("href") !== address(name)) use.setAttribute("href", address(name));
}

function address(name) {
  return `${document.documentElement.dataset.icons}#${name}`;
}
