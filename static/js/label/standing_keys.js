import { shortcuts } from "../widgets/shortcuts.js";

/** @param {any} verbs as Arranging has them @param {boolean} mayLabel @param {() => boolean} selected whether anything is: where a key begins sequences of the site, it is theirs otherwise */
export function registerStandingKeys(verbs, mayLabel, selected) {
  const key = (keys, label, run, name, when = undefined) => ({ keys, label, run, name, when });
  shortcuts.register(gettext("Objects"), [
    key("h", gettext("Hide what is selected; with nothing selected, show again what was hidden last"), verbs.hide, "hide"),
    key("alt+h", gettext("Hide all shapes, or show all"), verbs.hideAll, "hideAll"),
    key("alt+l", gettext("Lock what is selected, or unlock it"), verbs.lock, "lock"),
    key("alt+shift+l", gettext("Lock all shapes, or unlock all"), verbs.lockAll, "lockAll"),
    key("mod+shift+a", gettext("Select all of the class that is selected, or that is drawn next"), verbs.selectSame, "selectSame"),
    key("alt+shift+h", gettext("Hide all of that class, or show them"), verbs.hideSame, "hideSame"),
    key("alt+shift+k", gettext("Lock all of that class, or unlock them"), verbs.lockSame, "lockSame"),
    ...(mayLabel ? [
      key("q", gettext("Occluded: something hides a part of what is selected"), verbs.occlude, "occlude"),
      key("g", gettext("Group what is selected"), verbs.group, "group", selected),
      key("shift+g", gettext("Ungroup what is selected"), verbs.ungroup, "ungroup"),
      key("Home", gettext("Bring to the front"), verbs.toFront, "toFront"),
      key("PageUp", gettext("Bring forward"), verbs.forward, "forward"),
      key("PageDown", gettext("Send backward"), verbs.backward, "backward"),
      key("End", gettext("Send to the back"), verbs.toBack, "toBack"),
    ] : []),
  ]);
}
