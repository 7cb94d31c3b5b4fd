import { toast } from "../widgets/toast.js";
import { KeptChoices } from "./kept_choices.js";
import { SetAside } from "./set_aside.js";
import { grouped, occluded, ordered, ungrouped } from "./standing.js";
import { registerStandingKeys } from "./standing_keys.js";

/** How the shapes of the image at hand stand among each other, and which of them somebody has hidden or locked. */
export class Arranging {
  #sitting;
  #stage;
  #chosen;

  /**
   * @param {import("../canvas/stage.js").Stage} stage @param {any} sitting
   * @param {{options: any, chosen: () => number|null, changed: () => void}} parts `chosen`: the class of what is drawn next;
   *   `changed`: something is hidden or locked, or no more
   */
  constructor(stage, sitting, { options, chosen, changed }) {
    this.#chosen = chosen;
    this.#stage = stage;
    this.#sitting = sitting;
    const name = `label-aside-${options.user}-${options.project}`;
    this.aside = new SetAside(new KeptChoices(name));
    this.aside.observe(changed);
    sitting.locked = (id) => this.aside.locked.has(id);
    sitting.onLocked = () => toast(gettext("What is selected is locked. Unlock it first, by the padlock in the list of objects."), { seconds: 4 });
    if (options.draws) registerStandingKeys(this.verbs, options.may.label, () => stage.selection.size > 0);
  }

  /** Those that belong together with one, as far as they are seen. @param {string} id @returns {string[]} */
  family = (id) => {
    const entry = this.#stage.scene.get(id);
    return entry ? this.#stage.scene.family(entry) : [];
  };

  get verbs() {
    return {
      occlude: () => this.#amend(occluded),
      group: () => this.#group(),
      ungroup: () => this.#amend(ungrouped),
      toFront: () => this.#order("toFront"),
      forward: () => this.#order("forward"),
      backward: () => this.#order("backward"),
      toBack: () => this.#order("toBack"),
      hide: () => this.#hide(),
      lock: () => this.#lock(),
      hideAll: () => this.aside.toggle("hidden", this.#shapes.map((each) => each.id)),
      lockAll: () => this.aside.toggle("locked", this.#shapes.map((each) => each.id)),
      hideClass: (label) => this.aside.toggle("hidden", this.#of(label)),
      lockClass: (label) => this.aside.toggle("locked", this.#of(label)),
      selectClass: (label) => this.select(this.#of(label)),
      selectSame: () => this.select(this.#same),
      hideSame: () => this.aside.toggle("hidden", this.#same),
      lockSame: () => this.aside.toggle("locked", this.#same),
    };
  }

  /** What of these is seen is selected. @param {string[]} ids */
  select(ids) {
    this.#stage.selection.set(ids.filter((id) => !this.aside.hidden.has(id)));
  }

  get #shapes() {
    return this.#sitting.ready ? this.#sitting.labels.annotations.filter((each) => each.shape !== "tag") : [];
  }

  /** Shapes of the classes that are selected; with nothing selected, of the one that is drawn next. */
  get #same() {
    const shapes = this.#shapes;
    const { selection } = this.#stage;
    const classes = new Set(selection.size ? shapes.filter((each) => selection.has(each.id)).map((each) => each.class) : [this.#chosen()]);
    return shapes.filter((each) => classes.has(each.class)).map((each) => each.id);
  }

  #of(label) {
    return this.#shapes.filter((each) => each.class === label).map((each) => each.id);
  }

  /** @param {(annotations: any[], ids: Set<string>) => import("./standing.js").Amendments} verb */
  #amend(verb) {
    if (!this.#stage.mayEdit || !this.#sitting.ready) return;
    this.#sitting.amend(verb(this.#sitting.labels.annotations, this.#stage.selection.ids));
  }

  /** @param {"toFront"|"toBack"|"forward"|"backward"} where */
  #order(where) {
    this.#amend((annotations, ids) => ordered(annotations, ids, where));
  }

  #group() {
    if (this.#stage.selection.size < 2) return void toast(gettext("Select two or more shapes that belong together."), { seconds: 3 });
    return this.#amend(grouped);
  }

  /** With nothing selected, what was hidden last is seen again. */
  #hide() {
    const ids = [...this.#stage.selection.ids];
    if (ids.length) this.aside.set("hidden", ids, true);
    else if (!this.aside.showLast()) toast(gettext("Select what is to be hidden."), { seconds: 3 });
  }

  #lock() {
    const ids = [...this.#stage.selection.ids];
    if (ids.length) this.aside.toggle("locked", ids);
    else toast(gettext("Select what is to be locked."), { seconds: 3 });
  }
}
