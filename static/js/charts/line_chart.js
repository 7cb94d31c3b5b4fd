import uPlot from "uplot";

import { h } from "../lib/dom.js";

/**
 * Lines over a shared axis, in the colours of the theme; redrawn when the theme or the size changes.
 *
 * @typedef {{label: string, color?: string, dash?: boolean, faint?: boolean, mark?: boolean, show?: boolean}} Line
 *   color: name of a token such as "--chart-1", by default the next one; mark: points without a line between them
 */
export class LineChart {
  #element;
  #lines;
  #options;
  #plot = null;
  #data;
  #observer;

  /**
   * @param {HTMLElement} element filled by the chart
   * @param {Line[]} lines
   * @param {{x?: string, height?: number, format?: (value: number) => string, log?: boolean, min?: number, max?: number, summary?: string, formatX?: (value: number) => string}} options
   */
  constructor(element, lines, options = {}) {
    this.#element = element;
    this.#options = { x: "", height: 200, format: (value) => significant(value), ...options };
    this.#lines = lines;
    this.#data = [[], ...lines.map(() => [])];
    element.classList.add("chart");
    if (options.summary) element.setAttribute("aria-label", options.summary);
    element.setAttribute("role", "img");
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(element);
    document.addEventListener("theme-changed", this.#redraw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#redraw);
    this.#draw();
  }

  /** @param {(number|null)[][]} data x values, then the values of each line; null leaves a gap */
  setData(data) {
    this.#data = data;
    this.#plot?.setData(/** @type {any} */ (data));
  }

  /** @param {Line[]} lines replaces all lines; data follow with setData */
  setLines(lines) {
    this.#lines = lines;
    this.#data = [[], ...lines.map(() => [])];
    this.#draw();
  }

  destroy() {
    this.#observer.disconnect();
    document.removeEventListener("theme-changed", this.#redraw);
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.#redraw);
    this.#plot?.destroy();
  }

  #redraw = () => this.#draw();

  #resize() {
    const { clientWidth } = this.#element;
    if (clientWidth && this.#plot?.width !== clientWidth) {
      this.#plot ? this.#plot.setSize({ width: clientWidth, height: this.#options.height }) : this.#draw();
    }
  }

  #draw() {
    const shown = this.#plot?.series.slice(1).map((series) => series.show);
    this.#plot?.destroy();
    this.#plot = null;
    const width = this.#element.clientWidth;
    if (!width) return; // hidden: the observer draws once it has a size
    const token = reader(this.#element);
    const { x, height, format, log, min, max, formatX } = this.#options;
    const font = `11px ${token("--font")}`;
    const axis = { stroke: token("--color-muted"), font, grid: { stroke: token("--color-border"), width: 1 }, ticks: { show: false } };
    this.#plot = new uPlot(
      {
        width,
        height,
        padding: [8, 8, 0, 0],
        cursor: { points: { size: 6 }, drag: { x: true, y: false } },
        legend: { live: true },
        scales: { x: { time: false }, y: { distr: log ? 3 : 1, ...(min === undefined ? {} : { range: (_plot, low, high) => [Math.min(min, low ?? min), Math.max(max ?? high ?? 1, high ?? 1)] }) } },
        series: [
          { label: x, value: (_plot, value) => (value == null ? "–" : formatX ? formatX(value) : significant(value)) },
          ...this.#lines.map((line, index) => {
            const stroke = token(line.color ?? `--chart-${(index % 6) + 1}`);
            return {
              label: line.label,
              stroke,
              width: line.faint ? 1 : 2,
              alpha: line.faint ? 0.35 : 1,
              dash: line.dash ? [5, 4] : undefined,
              show: shown?.length === this.#lines.length ? shown[index] : line.show !== false,
              spanGaps: true,
              paths: line.mark ? () => null : undefined,
              points: { show: (plot, at) => line.mark || lonely(plot.data[at]), size: line.mark ? 9 : 6, fill: stroke },
              value: (_plot, value) => (value == null ? "–" : format(value)),
            };
          }),
        ],
        axes: [
          { ...axis, size: 28, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000], ...(formatX && { values: (_plot, values) => values.map(formatX) }) },
          { ...axis, size: 52, values: (_plot, values) => values.map((value) => (value == null ? "" : format(value))) },
        ],
      },
      /** @type {any} */ (this.#data),
      this.#element,
    );
  }
}

/** Reads computed tokens of the theme that is in force at an element. */
function reader(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
}

/** @param {number} value */
export function significant(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}

/** Whether no line can be drawn, since there are not two values. */
function lonely(values) {
  const first = values.findIndex((value) => value != null);
  return !values.some((value, index) => value != null && index > first);
}

/** A heading over a chart. @param {string} title */
export function chartCard(title, ...more) {
  const body = h("div", { class: "chart-body" });
  return { body, card: h("section", { class: "card chart-card" }, [h("div", { class: "chart-head" }, [h("h3", {}, title), ...more]), body]) };
}
