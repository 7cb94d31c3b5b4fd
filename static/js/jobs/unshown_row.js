import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { number } from "../lib/format.js";

/** Images whose thumbnails could not be made: which, why, and another try. @param {any} unshown @returns {HTMLElement|null} */
export function unshownRow({ count, first, retry }) {
  if (!count) return null;
  const title = interpolate(ngettext("%s image could not be shown", "%s images could not be shown", count), [number(count)]);
  const rest = count - first.length;
  return h("li", { class: "job card", dataset: { row: "unshown" } }, [
    h("div", { class: "job-main" }, [
      h("div", { class: "row job-title" }, [h("span", { class: "job-icon", "aria-hidden": "true" }, icon("image-off")), h("strong", null, title)]),
      ...first.map(({ name, reason }) => h("p", { class: "hint" }, `${name}: ${reason}`)),
      rest > 0 && h("p", { class: "hint" }, interpolate(gettext("and %s more"), [number(rest)])),
    ]),
    retry && h("div", { class: "row job-actions" }, h("button", { class: "btn btn-small", type: "button", dataset: { retryThumbnails: retry, key: "retry-thumbnails" } }, gettext("Try again"))),
  ]);
}
