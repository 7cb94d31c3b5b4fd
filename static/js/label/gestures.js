import { toast } from "../widgets/toast.js";
import { FindLike } from "./find_like.js";
import { askForComment } from "./send_back.js";

/** What keys and buttons do on the labelling page, by name; see `verbs`. */
export class Gestures {
  #page;
  #store;
  #history;
  #ownSteps;
  #findLike;

  /** @param {any} page whose parts they work on @param {{store: import("../store/store.js").Store, history: import("../store/history.js").History, ownSteps: boolean}} kept `ownSteps`: undo is of the image at hand alone */
  constructor(page, { store, history, ownSteps }) {
    this.#ownSteps = ownSteps;
    this.#page = page;
    this.#store = store;
    this.#history = history;
    this.#findLike = new FindLike(page);
  }

  /** @returns {Record<string, (...given: any[]) => any>} */
  get verbs() {
    const { sitting, drawing } = this.#page;
    const { stage, toolbox } = drawing;
    const ready = (verb) => (...given) => this.whenReady(() => verb(...given));
    return {
      pick: (label) => this.pick(label),
      enter: () => toolbox.finish() || this.whenReady(() => drawing.accept() || sitting.enter()),
      acceptAll: ready(() => this.#page.suggestionList.acceptAll()),
      finish: ready(() => sitting.finish()),
      nothing: ready(() => sitting.nothing() || toast(gettext("There are shapes on this image. Delete them first."), { seconds: 3 })),
      refuseTop: () => sitting.refuseAll(stage.selection) || sitting.refuseTop(),
      delete: () => toolbox.back() || drawing.remove() || sitting.refuseTop(),
      deleteSelected: () => toolbox.back() || drawing.remove(),
      escape: () => toolbox.escape(),
      repeatTool: () => toolbox.repeat(),
      ...this.#page.surroundings.verbs,
      ...drawing.smart.verbs,
      findLike: ready((way) => this.#findLike.find(way)),
      save: () => this.#page.sync.hurry(),
      tool: (name) => toolbox.choose(name),
      tipSize: (by) => drawing.smart.step(toolbox.name, by) || drawing.maskTools.step(toolbox.name, by),
      toMask: () => drawing.shaping.toMask(),
      toPolygon: () => drawing.shaping.toPolygon(),
      simplify: () => drawing.shaping.simplify(),
      fillHoles: () => drawing.shaping.fillHoles(),
      join: () => drawing.shaping.join(),
      pointSeen: ready(() => drawing.pointing.toggle()),
      pointAbsent: ready(() => drawing.pointing.absent()),
      pointHidden: () => drawing.pointing.hideNext(),
      pointBack: () => toolbox.back(),
      finishShape: () => toolbox.finish(),
      mirrorPoints: ready(() => drawing.pointing.mirror()),
      keyPointer: () => drawing.keyPointing.toggle(),
      nudge: (dx, dy) => drawing.nudge(dx, dy),
      ...drawing.arranging.verbs,
      selectAll: () => drawing.selectAll(),
      copy: () => drawing.copy(),
      paste: ready(() => drawing.paste()),
      repeat: () => this.#repeat(),
      approve: ready(() => sitting.approve()),
      sendBack: () => this.#sendBack(),
      undo: () => toolbox.back() || this.#goBack("undo"),
      redo: () => this.#goBack("redo"),
      step: (by) => this.#page.step(by),
      show: () => this.#page.show(),
      toggleZoom: () => stage.looking.toggle(),
      zoom: (factor) => stage.looking.zoom(factor),
      fit: () => stage.looking.fit(),
      ...this.#page.seeing.verbs,
      findClass: () => this.#page.surroundings.findClass(this.#page.classList),
    };
  }

  pick(label) {
    const { drawing, sitting } = this.#page;
    this.whenReady(() => (drawing.tagging ? sitting : drawing).pick(label));
  }

  /** A key that is pressed before the labels have come counts all the same, for this image. */
  whenReady(verb) {
    const { sitting, ahead } = this.#page;
    const { image } = sitting;
    if (image === null || sitting.ready) return void verb();
    return void ahead.labels(image).then(() => sitting.image === image && verb(), () => {});
  }

  /** Where shapes are drawn, undo never touches another image; where one key labels and goes on, it comes back. @param {"undo"|"redo"} verb */
  #goBack(verb) {
    const history = this.#history;
    if (!this.#ownSteps) return this.#travel(verb === "undo" ? history.undoImage : history.redoImage, () => history[verb]());
    const { image } = this.#page.sitting;
    if (!(verb === "undo" ? history.canUndo(image) : history.canRedo(image))) return toast(verb === "undo" ? gettext("There is nothing to undo on this image.") : gettext("There is nothing to redo on this image."), { seconds: 2 });
    return this.whenReady(() => history[verb](image));
  }

  async #travel(image, verb) {
    if (image === undefined) return;
    const { queue, sitting, ahead } = this.#page;
    try {
      if (image !== sitting.image) {
        const index = queue.items.findIndex((each) => each.id === image);
        if (index >= 0) queue.go(index);
        else await queue.open(image);
        await this.#page.show();
      }
      await ahead.labels(image); // it may be far, and no longer in the queue
      verb();
    } catch (error) {
      this.#page.failed(error, () => this.#travel(image, verb));
    }
  }

  /** The shapes of the image before, on this one. */
  async #repeat() {
    const { queue, ahead, drawing } = this.#page;
    const before = queue.items[queue.index - 1];
    if (!before) return toast(gettext("There is no image before this one."));
    try {
      await ahead.labels(before.id);
      return this.whenReady(() => drawing.add(this.#store.annotations(before.id)));
    } catch (error) {
      return this.#page.failed(error, () => this.#repeat());
    }
  }

  async #sendBack() {
    const { sitting, queue, comments } = this.#page;
    if (!sitting.ready) return;
    const comment = await askForComment(queue.current.name, comments.open);
    if (comment !== null) sitting.sendBack(comment);
  }
}
