import { onChosen } from "../lib/chosen.js";
import { h } from "../lib/dom.js";
import { moment, number, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { initials } from "../lib/initials.js";

/**
 * One member as a row of the table.
 * @param {any} member with `work` once it is counted
 * @param {{me: number, roles: Record<string, string>}} options
 * @param {false|{become: (id: number, role: string) => Promise<void>, remove: (id: number) => void}} verbs of an owner
 */
export function memberRow(member, { me, roles }, verbs) {
  const mine = member.id === me;
  const { work } = member;
  return h("tr", { dataset: { row: member.id } }, [
    h("td", null, h("div", { class: "member" }, person(member, mine))),
    h("td", null, verbs ? roleSelect(member, roles, verbs) : h("span", { class: "pill pill-plain" }, roles[member.role])),
    h("td", { class: "number", dataset: { label: gettext("Labelled") } }, work ? number(work.labelled) : "…"),
    h("td", { class: "number", dataset: { label: gettext("Reviewed") } }, work ? number(work.reviewed) : "…"),
    h("td", { class: "muted nowrap", dataset: { label: gettext("Active") } }, work ? activity(work) : "…"),
    verbs && h("td", null, !mine && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "data-key": `remove-${member.id}`, "aria-label": interpolate(gettext("Remove %s"), [member.name]), title: gettext("Remove"), on: { click: () => verbs.remove(member.id) } }, icon("user-minus"))),
  ]);
}

/** Somebody who has worked in the project and left. */
export function formerRow(person_) {
  const done = [
    interpolate(gettext("%s labelled"), [number(person_.labelled)]),
    interpolate(gettext("%s reviewed"), [number(person_.reviewed)]),
  ];
  return h("li", { class: "person" }, [...person(person_, false), h("span", { class: "muted small number" }, done.join(" · ")), h("span", { class: "muted small nowrap" }, activity(person_))]);
}

function person(member, mine) {
  return [
    h("span", { class: "avatar", "aria-hidden": "true" }, initials(member.name)),
    h("div", { class: "person-name", title: member.username }, [
      h("span", null, [member.name, mine && h("span", { class: "muted" }, ` ${gettext("(you)")}`)]),
      member.name !== member.username && h("span", { class: "muted small" }, member.username),
    ]),
    !member.is_active && h("span", { class: "pill pill-plain pill-warning" }, gettext("Deactivated")),
  ];
}

function activity(work) {
  if (!work.last_active) return gettext("Not yet");
  return h("time", { datetime: work.last_active, title: moment(work.last_active) }, relative(work.last_active));
}

function roleSelect({ id, name, role }, roles, verbs) {
  const options = Object.entries(roles).map(([value, label]) => h("option", { value, selected: value === role }, label));
  const select = h("select", { class: "select", dataset: { key: `role-${id}`, role }, "aria-label": interpolate(gettext("Role of %s"), [name]) }, options);
  onChosen(select, async () => {
    await verbs.become(id, select.value);
    select.value = role; // refused: who has become another is drawn anew
  });
  return select;
}
