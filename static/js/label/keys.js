import { shortcuts } from "../widgets/shortcuts.js";

/** The keys of the labelling page; those of the classes come last, so that they win. */
export class Keys {
  #endClasses = () => {};
  #pick;

  /** @param {any} verbs @param {{oneClass: boolean, may: any}} project */
  constructor(verbs, { oneClass, may }) {
    this.#pick = verbs.pick;
    const key = (keys, label, run) => ({ keys, label, run });
    shortcuts.register(gettext("Images"), [
      key("ArrowRight", gettext("Next image"), () => verbs.step(1)),
      key("Space", gettext("Skip to the next image"), () => verbs.step(1)),
      key("ArrowLeft", gettext("Previous image"), () => verbs.step(-1)),
      key("z", gettext("Zoom in, or show the whole image"), verbs.toggleZoom),
      key("+", gettext("Zoom in"), () => verbs.zoom(1.5)),
      key("-", gettext("Zoom out"), () => verbs.zoom(1 / 1.5)),
    ]);
    if (!may.label) return;
    shortcuts.register(gettext("Labelling"), [
      key("Enter", oneClass ? gettext("Accept the top suggestion, or go on") : gettext("Accept the top suggestion, or mark as labelled and go on"), verbs.enter),
      key("shift+Enter", gettext("Mark as labelled and go on"), verbs.finish),
      key("Delete", gettext("Refuse the top suggestion"), verbs.refuseTop),
      key("x", gettext("Refuse the top suggestion"), verbs.refuseTop),
      ...(oneClass ? [] : [key("n", gettext("Mark as labelled with nothing on it"), verbs.nothing)]),
      key("mod+z", gettext("Undo"), verbs.undo),
      key("mod+shift+z", gettext("Redo"), verbs.redo),
      key("mod+y", gettext("Redo"), verbs.redo),
      key("/", gettext("Find a class"), verbs.findClass),
    ]);
    if (!may.review) return;
    shortcuts.register(gettext("Review"), [
      key("shift+a", gettext("Approve and go on"), verbs.approve),
      key("shift+s", gettext("Send back with a comment"), verbs.sendBack),
    ]);
  }

  /** @param {any[]} classes */
  setClasses(classes) {
    this.#endClasses();
    const bindings = classes.filter((each) => each.key).map((each) => ({ keys: each.key, label: each.name, run: () => this.#pick(each.id) }));
    this.#endClasses = shortcuts.register(gettext("Classes"), bindings);
  }
}
