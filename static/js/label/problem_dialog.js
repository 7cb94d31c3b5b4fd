import { shapeName, valueText } from "../lib/annotation_words.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { bothPlaces } from "./both_places.js";
import { differences } from "./differences.js";

/**
 * Two people changed the same thing, or the server refused a change: both versions, and the person chooses.
 * @param {any} problem @param {any[]} mine what waits for the image
 * @param {Map<number, any>} classes @param {string} name of the image
 * @param {number} count of changes that the answer is for
 * @param {AbortSignal} [signal] it was answered in another tab
 * @returns {Promise<"mine"|"theirs"|"instead"|"">} instead: with another class, which `into` of each one that is gone names
 */
export async function askAbout({ image, error, theirs }, mine, classes, name, count = 1, signal) {
  const refused = Boolean(error);
  const author = theirs.at(-1)?.author ?? "";
  const gone = error?.body?.classes_gone;
  const into = gone?.find((each) => each.into)?.into;
  const another = gone && !into && classChoice(gone, mine, classes);
  const body = refused
    ? [h("p", null, interpolate(gettext("The server did not take your change of %s:"), [name])), h("p", { class: "notice" }, [icon("circle-alert"), error.plain]), count > 1 && others(count - 1), another && h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Another class for it")), another]), h("p", null, h("a", { href: `?image=${image}` }, gettext("Go to the image")))]
    : [h("p", null, interpolate(gettext("You and %(author)s changed %(name)s at the same time."), { author, name }, true)), versions(image, mine, theirs, author, classes)];
  const button = (value, text, kind = "") => h("button", { class: `btn ${kind}`, type: "submit", value }, text);
  const drop = refused ? interpolate(ngettext("Drop my change", "Drop my %s changes", count), [count]) : interpolate(gettext("Take the version by %s"), [author]);
  const dialog = makeDialog({ title: refused ? gettext("A change was not saved") : gettext("Changed by two people") });
  dialog.append(h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body stack" }, body),
    h("div", { class: "dialog-foot" }, [
      button("theirs", drop, gone && !into && !another ? "btn-primary" : ""),
      into && button("instead", interpolate(gettext("Use “%s” instead"), [into.name]), "btn-primary"),
      another && button("instead", gettext("Use this class"), "btn-primary"),
      // Where the class is gone, trying again can only fail again.
      !gone && button("mine", refused ? gettext("Try again") : gettext("Keep mine"), "btn-primary"),
    ]),
  ]));
  signal?.addEventListener("abort", () => dialog.close(""));
  const choice = await openDialog(dialog);
  dialog.remove();
  if (another && choice === "instead") for (const each of gone) each.into = classes.get(Number(another.value));
  return /** @type {any} */ (choice);
}

/** The classes that what was drawn can have instead of one that was deleted; null where there is none. */
function classChoice(gone, mine, classes) {
  const drawn = mine.flatMap(({ change }) => change.upsert ?? []).filter((each) => gone.some(({ id }) => id === each.class));
  const fitting = [...classes.values()].filter(({ shapes }) => !shapes?.length || drawn.every(({ shape }) => shapes.includes(shape)));
  return fitting.length ? h("select", { class: "select" }, fitting.map(({ id, name }) => h("option", { value: id }, name))) : null;
}

const others = (count) => h("p", null, interpolate(ngettext("The same holds for %s other change that waits here.", "The same holds for %s other changes that wait here.", count), [count]));

function versions(image, mine, theirs, author, classes) {
  const rows = differences(mine, theirs);
  const [yours, by] = [gettext("Yours"), interpolate(gettext("By %s"), [author])];
  if (!rows.length) return h("div", { class: "label-versions" }, [version(yours, mine.map((each) => each.change), classes), version(by, theirs, classes)]);
  const several = new Set(rows.map((each) => each.annotation.id)).size > 1;
  const table = h("div", { class: "table-scroll" }, h("table", { class: "table label-differences" }, [
    h("thead", null, h("tr", null, [h("td"), h("th", { scope: "col", class: "of-mine" }, yours), h("th", { scope: "col", class: "of-theirs" }, by)])),
    h("tbody", null, rows.map((row) => h("tr", null, [
      h("th", { scope: "row" }, [several && classChip(classes.get(row.annotation.class)), title(row)]),
      h("td", null, said(row, row.mine, classes)),
      h("td", null, said(row, row.theirs, classes)),
    ]))),
  ]));
  const placed = rows.filter(({ about, annotation }) => annotation.shape !== "tag" && ["geometry", "shape", "deleted"].includes(about));
  return placed.length ? [bothPlaces(image, placed.map((row) => row.versions), classes), table] : table;
}

function title({ about, annotation }) {
  const titles = { class: gettext("Class"), shape: gettext("Shape"), geometry: gettext("Place and size"), deleted: shapeName(annotation.shape), occluded: gettext("Occluded"), z_order: gettext("Order"), group: gettext("Group") };
  return titles[about] ?? about.slice("attributes.".length);
}

function said({ about }, value, classes) {
  if (about === "class") return classes.has(value) ? classChip(classes.get(value)) : String(value);
  if (about === "shape") return shapeName(value);
  if (about === "geometry") return value ? gettext("changed") : gettext("as it was");
  if (about === "deleted") return value ? gettext("deleted") : gettext("changed");
  return valueText(value);
}

const classChip = (label) => label && h("span", { class: "chip", style: { "--chip-color": label.color } }, label.name);

function version(heading, changes, classes) {
  const upsert = changes.flatMap((each) => each.upsert ?? []);
  const removed = changes.flatMap((each) => each.delete ?? []).length;
  const drawn = upsert.filter((each) => each.shape !== "tag").length;
  const given = [...new Set(upsert.map((each) => each.class))].map((id) => classes.get(id)).filter(Boolean);
  return h("section", { class: "card stack stack-tight" }, [
    h("h3", null, heading),
    h("div", { class: "row" }, given.map(classChip)),
    drawn > 0 && h("p", { class: "small" }, interpolate(ngettext("%s shape drawn or changed", "%s shapes drawn or changed", drawn), [drawn])),
    !given.length && removed > 0 && h("p", { class: "small" }, interpolate(ngettext("%s annotation deleted", "%s annotations deleted", removed), [removed])),
  ]);
}
