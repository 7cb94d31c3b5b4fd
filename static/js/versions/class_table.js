import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { PARTS, splitBar, sum } from "./parts.js";

/** Images of each class in each part, and annotations in all. */
export function classTable(statistics) {
  const classes = Object.entries(statistics.classes);
  return h("div", { class: "table-scroll" }, [
    h("table", { class: "table" }, [
      h("caption", { class: "visually-hidden" }, gettext("Images per class and part")),
      h("thead", null, h("tr", null, [
        h("th", { scope: "col" }, gettext("Class")),
        PARTS.map(({ name }) => h("th", { scope: "col", class: "number" }, name())),
        h("th", { scope: "col", class: "number" }, gettext("Images")),
        h("th", { scope: "col", class: "number" }, gettext("Annotations")),
        h("th", { scope: "col", class: "wide" }, h("span", { class: "visually-hidden" }, gettext("Shares"))),
      ])),
      h("tbody", null, classes.map(([name, { images, annotations }]) => h("tr", null, [
        h("th", { scope: "row", class: "class-name" }, name),
        PARTS.map(({ part }) => h("td", { class: `number ${images[part] ? "" : "none"}` }, number(images[part]))),
        h("td", { class: "number" }, number(sum(images))),
        h("td", { class: "number" }, number(sum(annotations))),
        h("td", null, splitBar(images)),
      ]))),
    ]),
  ]);
}
