import { onChosen } from "../lib/chosen.js";
import { h } from "../lib/dom.js";
import { moment, number, percent, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/** @param {any} row @returns {"free"|"finished"|"labelled"|"open"} */
export function stateOf({ finished_at, assignee, total, labelled }) {
  if (finished_at) return "finished";
  if (!assignee) return "free";
  return total > 0 && labelled === total ? "labelled" : "open";
}

const STATES = {
  free: () => h("span", { class: "pill pill-warning" }, gettext("Nobody's")),
  finished: () => h("span", { class: "pill pill-success" }, gettext("Done")),
  labelled: () => h("span", { class: "pill pill-info" }, gettext("All labelled")),
  open: () => h("span", { class: "pill" }, gettext("Open")),
};

/**
 * One assignment as a row of the table.
 * @param {any} row @param {{user: number, may: any, page: string}} now @param {any[]} people who may label
 * @param {{give: (id: number, person: number|null) => Promise<void>, turn: (id: number, done: boolean) => void, remove: (id: number) => void}} verbs
 */
export function assignmentRow(row, { user, may, page }, people, verbs) {
  const { id, assignee, note, total, labelled, approved, created_at, created_by, finished_at } = row;
  const takesPart = may.review || (may.label && assignee?.id === user);
  const done = Boolean(finished_at);
  return h("tr", { dataset: { row: id } }, [
    h("td", null, [h("a", { href: `${page}?assignment=${id}` }, interpolate(gettext("Assignment %s"), [row.number])), note && h("div", { class: "muted small assignment-note" }, note)]),
    h("td", { dataset: { label: gettext("Person") } }, may.review && !done ? personSelect(row, people, verbs) : h("span", { class: "truncate", title: assignee?.name }, assignee?.name ?? "–")),
    h("td", { dataset: { label: gettext("Labelled") } }, h("div", { class: "assignment-progress" }, [
      h("progress", { class: "progress", value: total ? labelled / total : 0, max: "1", "aria-label": gettext("Labelled") }),
      h("span", { class: "number small nowrap", title: interpolate(gettext("%s approved"), [number(approved)]) }, `${number(labelled)} / ${number(total)} · ${percent(total ? labelled / total : 0)}`),
    ])),
    h("td", null, STATES[stateOf(row)]()),
    h("td", { class: "muted nowrap", title: moment(created_at), dataset: { label: gettext("Made") } }, [relative(created_at), h("div", { class: "small truncate assignment-by" }, created_by.name)]),
    h("td", null, h("div", { class: "row assignment-verbs" }, [
      takesPart && h("button", { class: "btn btn-small", type: "button", dataset: { key: `turn-${id}-${done}` }, on: { click: () => verbs.turn(id, !done) } }, done ? gettext("Reopen") : gettext("Done")),
      may.review && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", title: gettext("Delete"), "aria-label": interpolate(gettext("Delete assignment %s"), [row.number]), dataset: { key: `remove-${id}` }, on: { click: () => verbs.remove(id) } }, icon("trash-2")),
    ])),
  ]);
}

function personSelect({ id, number: place, assignee }, people, verbs) {
  const known = !assignee || people.some((each) => each.id === assignee.id) ? people : [...people, assignee];
  const options = [{ id: "", name: gettext("Nobody yet") }, ...known].map((each) => h("option", { value: String(each.id), selected: each.id === (assignee?.id ?? "") }, each.name));
  const select = h("select", { class: "select", dataset: { key: `person-${id}`, person: assignee?.id ?? "" }, "aria-label": interpolate(gettext("Who has assignment %s"), [place]) }, options);
  onChosen(select, () => verbs.give(id, select.value ? Number(select.value) : null));
  return select;
}
