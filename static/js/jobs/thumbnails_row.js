import { h } from "../lib/dom.js";
import { number, roughly } from "../lib/format.js";

/** Thumbnails have no row of their own: how many wait is all that is known, and by that how long it takes. */
export class ThumbnailsRow {
  #most = 0;
  #since = 0;

  /** @param {number} count of images that wait @returns {HTMLElement|null} */
  draw(count) {
    if (!count) {
      this.#most = 0;
      return null;
    }
    if (count > this.#most) {
      this.#most = count;
      this.#since = performance.now();
    }
    const done = this.#most - count;
    const left = done ? ((performance.now() - this.#since) / 1000 / done) * count : 0;
    const waiting = interpolate(ngettext("%s image waits", "%s images wait", count), [number(count)]);
    return h("li", { class: "job card", dataset: { row: "thumbnails" } }, h("div", { class: "job-main" }, [
      h("div", { class: "row job-title" }, [h("strong", null, gettext("Making thumbnails")), h("span", { class: "pill pill-running" }, gettext("Running"))]),
      h("p", { class: "hint" }, [waiting, left ? ` · ${interpolate(gettext("%s left"), [roughly(left)])}` : ""]),
      h("progress", { class: "progress", max: this.#most, value: done, "aria-label": gettext("Making thumbnails") }),
    ]));
  }
}
