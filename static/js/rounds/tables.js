import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { kappaText, kappaWord, shareText } from "./words.js";

export const MEASURES = {
  agreement: { text: shareText, value: (pair) => pair.agreement, title: () => gettext("Labels that both have alike, among all (F1)") },
  mean_iou: { text: shareText, value: (pair) => pair.mean_iou, title: () => gettext("Mean overlap (IoU) of shapes that are the same object") },
  kappa_shapes: { text: kappaText, value: (pair) => pair.kappa_shapes, title: () => gettext("Cohen's kappa of the classes of shapes that are the same object") },
  kappa_tags: { text: kappaText, value: (pair) => pair.kappa_tags, title: () => gettext("Cohen's kappa of the classes of whole images") },
};

/** People against people. @param {any[]} people of the round @param {any[]} pairs @param {keyof typeof MEASURES} measure */
export function peopleTable(people, pairs, measure) {
  const { text, value, title } = MEASURES[measure];
  const between = (a, b) => pairs.find((pair) => (pair.first === a && pair.second === b) || (pair.first === b && pair.second === a));
  const cell = (a, b) => {
    if (a.id === b.id) return h("td", { class: "number muted" }, "·");
    const pair = between(a.id, b.id);
    const found = pair ? value(pair) : null;
    const more = pair ? [`${a.name} – ${b.name}`, title(), measure.startsWith("kappa") && kappaWord(found), interpolate(gettext("%s images, %s shapes matched, %s of the same class"), [pair.images, pair.matched, pair.same_class].map((each) => number(each)))] : [];
    return h("td", { class: "number round-cell", style: { "--share": String(Math.max(0, found ?? 0)) }, title: more.filter(Boolean).join("\n") }, text(found));
  };
  return [
    h("thead", null, h("tr", null, [h("td"), ...people.map(({ name }) => h("th", { scope: "col", class: "number" }, h("span", { class: "truncate round-name", title: name }, name)))])),
    h("tbody", null, people.map((row) => h("tr", null, [h("th", { scope: "row" }, h("span", { class: "truncate round-name", title: row.name }, row.name)), ...people.map((column) => cell(row, column))]))),
  ];
}

/** @param {any[]} classes figures @param {Map<number, any>} known classes of the project @returns {HTMLElement[]} rows, those on which people agree least first */
export function classRows(classes, known) {
  const sorted = classes.toSorted((a, b) => (a.agreement ?? 2) - (b.agreement ?? 2));
  return sorted.map((each) => {
    const label = known.get(each.class);
    return h("tr", null, [
      h("th", { scope: "row" }, h("span", { class: "row" }, [h("span", { class: "swatch", style: { "--chip-color": label?.color ?? "#888888" } }), h("span", { class: "truncate" }, label?.name ?? gettext("a deleted class"))])),
      h("td", { class: "number" }, number(each.labels)),
      h("td", { class: "number round-cell", style: { "--share": String(each.agreement ?? 0) } }, shareText(each.agreement)),
      h("td", { class: "number" }, shareText(each.mean_iou)),
    ]);
  });
}

/** All figures as rows of a CSV file: pairs, then classes, then images. @param {any} figures @param {any[]} people @param {Map<number, any>} classes @param {any[]} images */
export function csvRows(figures, people, classes, images) {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const head = ["what", "name", "and", "images", "labels", "matched", "same_class", "agreement", "mean_iou", "kappa_shapes", "kappa_tags"];
  return [
    head,
    ["round", "", "", figures.images, null, null, null, figures.agreement, figures.mean_iou, null, figures.fleiss_tags],
    ...figures.pairs.map((each) => ["pair", names.get(each.first) ?? "", names.get(each.second) ?? "", each.images, null, each.matched, each.same_class, each.agreement, each.mean_iou, each.kappa_shapes, each.kappa_tags]),
    ...figures.classes.map((each) => ["class", classes.get(each.class)?.name ?? String(each.class), "", null, each.labels, null, null, each.agreement, each.mean_iou, null, null]),
    ...images.map((each) => ["image", each.name, "", null, null, null, null, each.score, null, null, null]),
  ];
}
