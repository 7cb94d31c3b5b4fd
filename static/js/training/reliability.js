import { h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";

const SPACE = "http://www.w3.org/2000/svg";
const SIZE = 240;
const LEFT = 34;
const FOOT = 26;

/**
 * How often the model is right when it says how sure it is: bars against the diagonal of an honest model.
 *
 * @param {{low: number, high: number, confidence: number|null, accuracy: number|null, count: number}[]} bins
 * @param {number} ece
 */
export function reliabilityView(bins, ece) {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const filled = bins.filter((bin) => bin.count);
  const said = filled.map((bin) => interpolate(gettext("%s sure: right %s of %s images"), [percent(bin.confidence ?? 0), percent(bin.accuracy ?? 0), number(bin.count)]));
  const svg = shape("svg", { viewBox: `0 0 ${LEFT + SIZE + 4} ${SIZE + FOOT + 4}`, class: "reliability", role: "img", "aria-label": said.join("; ") });
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(
      shape("line", { class: "grid", x1: LEFT, x2: LEFT + SIZE, y1: y(tick), y2: y(tick) }),
      text(percent(tick), { x: LEFT - 6, y: y(tick) + 3, "text-anchor": "end" }),
      text(percent(tick), { x: x(tick), y: SIZE + 18, "text-anchor": tick === 1 ? "end" : "middle" }),
    );
  }
  bins.forEach((bin, index) => {
    if (!bin.count) return;
    const left = x(bin.low) + 1;
    const width = x(bin.high) - x(bin.low) - 2;
    const [accuracy, confidence] = [bin.accuracy ?? 0, bin.confidence ?? 0];
    const bar = shape("rect", { class: "bar", x: left, width, y: y(accuracy), height: SIZE + 4 - y(accuracy), opacity: 0.35 + 0.65 * (bin.count / most) });
    bar.append(Object.assign(document.createElementNS(SPACE, "title"), { textContent: said[filled.indexOf(bins[index])] }));
    svg.append(bar, shape("rect", { class: "gap", x: left, width, y: y(Math.max(accuracy, confidence)), height: Math.abs(y(accuracy) - y(confidence)) }));
  });
  svg.append(shape("line", { class: "honest", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
  return h("div", { class: "reliability-box" }, [
    svg,
    h("p", { class: "hint" }, [
      h("strong", null, interpolate(gettext("Calibration error %s."), [percent(ece, 1)])), " ",
      gettext("Across: how sure the model says it is; up: how often it is right. On the dashed line it is honest; the red parts are what it is off by. Faint bars hold few images."),
    ]),
  ]);
}

const x = (share) => LEFT + share * SIZE;
const y = (share) => 4 + (1 - share) * SIZE;

function shape(name, attributes) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function text(content, attributes) {
  const element = shape("text", attributes);
  element.textContent = content;
  return element;
}
