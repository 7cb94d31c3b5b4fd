import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";

/**
 * Two people changed the same thing, or the server refused a change: both versions, and the person chooses.
 * @returns {Promise<"mine"|"theirs"|"instead"|"">} instead: with the class that took the place of one that is gone
 */
export async function askAbout({ entry, error, theirs }, classes, name) {
  const refused = Boolean(error);
  const author = theirs.at(-1)?.author ?? "";
  const body = refused
    ? [h("p", null, interpolate(gettext("The server did not take your change of %s:"), [name])), h("p", { class: "notice" }, [icon("circle-alert"), error.message])]
    : [
        h("p", null, interpolate(gettext("You and %(author)s changed %(name)s at the same time."), { author, name }, true)),
        h("div", { class: "label-versions" }, [
          version(gettext("Yours"), [entry.change], classes),
          version(interpolate(gettext("By %s"), [author]), theirs, classes),
        ]),
      ];
  const button = (value, text, kind = "") => h("button", { class: `btn ${kind}`, type: "submit", value }, text);
  const instead = error?.body?.classes_gone?.find((each) => each.into)?.into;
  const dialog = makeDialog({ title: refused ? gettext("A change was not saved") : gettext("Changed by two people") });
  dialog.append(h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body stack" }, body),
    h("div", { class: "dialog-foot" }, [
      button("theirs", refused ? gettext("Drop my change") : interpolate(gettext("Take the version by %s"), [author])),
      instead ? button("instead", interpolate(gettext("Use “%s” instead"), [instead.name]), "btn-primary") : button("mine", refused ? gettext("Try again") : gettext("Keep mine"), "btn-primary"),
    ]),
  ]));
  const choice = await openDialog(dialog);
  dialog.remove();
  return /** @type {any} */ (choice);
}

function version(title, changes, classes) {
  const upsert = changes.flatMap((each) => each.upsert ?? []);
  const removed = changes.flatMap((each) => each.delete ?? []).length;
  const given = [...new Set(upsert.map((each) => each.class))].map((id) => classes.get(id)).filter(Boolean);
  return h("section", { class: "card stack stack-tight" }, [
    h("h3", null, title),
    h("div", { class: "row" }, given.map((each) => h("span", { class: "chip", style: { "--chip-color": each.color } }, each.name))),
    upsert.some((each) => each.shape !== "tag") && h("p", { class: "small" }, interpolate(ngettext("%s shape drawn or changed", "%s shapes drawn or changed", upsert.length), [upsert.length])),
    !given.length && removed > 0 && h("p", { class: "small" }, interpolate(ngettext("%s annotation deleted", "%s annotations deleted", removed), [removed])),
  ]);
}
