import { shapeName } from "../lib/annotation_words.js";
import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { IMAGE } from "./choice.js";

const MOST_ROWS = 200; // of one person: the others are taken on the image

/**
 * What one person has labelled, or what is on the image: all at once, or label by label.
 * @param {{person: {id: number}, status: string, comments: string[]}} part @param {number} at place of the person
 * @param {{choice: import("./choice.js").Choice, owner: {name: string, color: string}, classes: Map<number, any>, hidden: boolean}} look
 */
export function ownerGroup({ person: { id }, status, comments }, at, { choice, owner, classes, hidden }) {
  const rows = choice.of(id);
  const share = choice.share(id);
  const unfinished = id !== IMAGE && !["labelled", "approved"].includes(status);
  return h("section", { class: "owner", style: { "--owner": owner.color }, "aria-label": owner.name }, [
    h("header", { class: "owner-head" }, [
      h("label", { class: "checkbox" }, [
        h("input", { type: "checkbox", checked: share === "all", indeterminate: share === "some", disabled: !rows.length, dataset: { takeAll: id } }),
        h("span", { class: "owner-swatch" }),
        h("strong", { class: "truncate", title: owner.name }, owner.name),
      ]),
      h("span", { class: "muted small number" }, number(rows.length)),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-pressed": String(hidden), title: hidden ? gettext("Show") : gettext("Hide"), "aria-label": hidden ? gettext("Show") : gettext("Hide"), dataset: { hide: id } }, icon(hidden ? "eye-off" : "eye")),
      h("button", { class: "btn btn-small", type: "button", disabled: !rows.length, dataset: { only: id } }, [gettext("Only"), id !== IMAGE && at < 9 && h("kbd", { class: "kbd" }, String(at + 1))]),
    ]),
    unfinished && h("p", { class: "muted small" }, gettext("Not labelled to the end: left out of the agreement.")),
    h("ul", { class: "owner-rows" }, rows.slice(0, MOST_ROWS).map((row) => labelRow(row, choice, classes))),
    rows.length > MOST_ROWS && h("p", { class: "muted small" }, interpolate(gettext("And %s more, which can be taken on the image."), [number(rows.length - MOST_ROWS)])),
    comments.map((text) => h("p", { class: "owner-comment small" }, [icon("message-square"), text])),
  ]);
}

function labelRow(row, choice, classes) {
  const label = classes.get(row.class);
  return h("li", { dataset: { row: row.id } }, h("label", { class: "checkbox" }, [
    h("input", { type: "checkbox", checked: choice.has(row.id), dataset: { take: row.id } }),
    h("span", { class: "swatch", style: { "--chip-color": label?.color ?? "#888888" } }),
    h("span", { class: "truncate" }, label?.name ?? gettext("a deleted class")),
    h("span", { class: "muted small" }, shapeName(row.shape)),
    choice.proposal.includes(row.id) && h("span", { class: "pill pill-plain", title: gettext("Most people agree on it, and this one fits best.") }, gettext("most")),
  ]));
}
