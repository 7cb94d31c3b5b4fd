import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { lacking } from "../lib/attributes.js";
import { $, on } from "../lib/dom.js";
import { History } from "../store/history.js";
import { Journal } from "../store/journal.js";
import { KeptJournal } from "../store/kept_journal.js";
import { Store } from "../store/store.js";
import { Sync } from "../store/sync.js";
import { toast } from "../widgets/toast.js";
import { Ahead } from "./ahead.js";
import { AttributePanel } from "./attribute_panel.js";
import { Bar } from "./bar.js";
import { ClassList } from "./class_list.js";
import { Classes } from "./classes.js";
import { Comments } from "./comments.js";
import { Decisions } from "./decisions.js";
import { Drawing } from "./drawing.js";
import { Gestures } from "./gestures.js";
import { Keys } from "./keys.js";
import { NewClass } from "./new_class.js";
import { Live } from "./live.js";
import { PeopleLine } from "./people_line.js";
import { Panels } from "./panels.js";
import { addressFor, imageIn, isFiltered, queueQuery } from "./query.js";
import { QueueWindow } from "./queue_window.js";
import { ReviewNote } from "./review_note.js";
import { SavedState } from "./saved_state.js";
import { Seeing } from "./seeing.js";
import { Sitting } from "./sitting.js";
import { rememberStay } from "./stay.js";
import { Strip } from "./strip.js";
import { SuggestionList } from "./suggestion_list.js";
import { Surroundings } from "./surroundings.js";

const PATIENCE = 3000; // for the last changes to be saved, before what is left is counted

/** The labelling page: makes the parts and joins them. */
class LabelPage {
  #element;
  #options;
  #query = queueQuery(location.search);
  #store = new Store();
  #history;

  constructor(element) {
    this.#element = element;
    this.#options = JSON.parse($("#label-options").textContent);
    const { project, user, oneClass, draws, may, statuses, classes } = this.#options;
    this.#history = new History(this.#store, draws);
    this.classes = new Classes(api, project, classes);
    this.panels = new Panels(element);
    this.queue = new QueueWindow(api, project, this.#query);
    this.sync = new Sync({
      store: this.#store,
      journal: new KeptJournal(new Journal(user)),
      api,
      project: { id: project, oneClass, user },
      locks: navigator.locks,
      channel: globalThis.BroadcastChannel && new BroadcastChannel(`labelapp-sync-${user}`),
    });
    this.ahead = new Ahead(this.sync, () => this.drawing.stage.drawnAnew());
    this.sitting = new Sitting({
      store: this.#store, oneClass, onDone: () => this.step(1),
      onMissing: () => this.#missing(),
    });
    this.attributePanel = new AttributePanel($("[data-attributes]", element), {
      set: (id, name, value) => this.sitting.describe(id, name, value),
      left: () => this.sitting.described(),
    }, !may.label);
    this.bar = new Bar($("[data-bar]", element), statuses, this.#query);
    this.strip = new Strip($("[data-strip]", element), this.queue, (index) => !this.drawing.holdsOn() && this.queue.go(index) && this.show());
    this.classList = new ClassList($("[data-class-panel]", element), (label) => this.gestures.pick(label));
    this.drawing = new Drawing(element, {
      sitting: this.sitting, classes: this.classes, classList: this.classList, options: this.#options,
      onTool: () => this.#setClasses(),
      onComment: (place, id) => this.comments.pin(place, id),
    });
    this.seeing = new Seeing(element, this.drawing.stage, { project, draws, onColors: () => this.#draw() });
    this.suggestionList = new SuggestionList($("[data-suggestions]", element), this.sitting, this.drawing.stage, { project, changed: () => this.#draw() });
    this.peopleLine = new PeopleLine($("[data-people-line]", element), api);
    this.reviewNote = new ReviewNote($("[data-comment]", element), api);
    this.comments = new Comments($("[data-comments]", element), {
      api, stageElement: $("[data-stage]", element), stage: this.drawing.stage, toolbox: this.drawing.toolbox,
      saved: () => this.sync.flush(), options: this.#options,
    });
    this.surroundings = new Surroundings(element, this.drawing.toolbox, { user, comments: this.#query.has("comments") });
    this.gestures = new Gestures(this, { store: this.#store, history: this.#history, ownSteps: draws });
    this.keys = new Keys(this.gestures.verbs, { oneClass, may, draws });
    this.surroundings.showKeys();
    this.decisions = new Decisions(this.sync, this.classes, (image) => this.queue.item(image)?.name ?? interpolate(gettext("image %s"), [image]));
    this.live = new Live($("[data-people]"), {
      project, user, api, sync: this.sync, image: () => this.sitting.image,
      onStatus: (image, status) => this.#changedElsewhere(image, status),
    });
    this.drawing.begin();
    this.classes.observe(() => this.#changedClasses());
    this.#wire();
    this.#open();
  }

  async step(by) {
    if (this.drawing.holdsOn()) return;
    try {
      if (await this.queue.step(by)) await this.show();
      else if (by > 0) await this.#ended();
    } catch (error) {
      this.failed(error, () => this.step(by));
    }
  }

  failed(error, again) {
    toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: again } });
  }

  /** Show the queue's current image: the picture that was decoded ahead, and its labels when they are there. */
  async show() {
    const item = this.queue.current;
    const began = performance.now();
    this.panels.show(null);
    this.attributePanel.save(); // of the image that is left
    this.sitting.image = item.id;
    this.live.show();
    this.strip.update();
    this.#draw();
    history.replaceState(null, "", addressFor(this.#query, item.id));
    let shown = false;
    const picture = this.ahead.picture(item).then((made) => {
      if (this.queue.current !== item) return;
      shown = true;
      this.drawing.stage.show(item, made);
      this.#draw();
      requestAnimationFrame(() => performance.measure("label-image-shown", { start: began }));
    }, () => this.queue.current === item && this.panels.show("no-picture"));
    // What was decoded ahead is there before the next frame; otherwise the one before must not seem to be this one.
    requestAnimationFrame(() => !shown && this.queue.current === item && this.drawing.stage.clear());
    const labels = this.ahead.labels(item.id).then(() => this.queue.current === item && this.#draw(), (error) => this.failed(error, () => this.show()));
    this.ahead.around(this.queue.items, this.queue.index);
    await Promise.all([picture, labels]);
  }

  async #open() {
    try {
      let image = imageIn(location.search);
      let left = 1;
      if (!image && !isFiltered(this.#query)) ({ image, left } = await this.queue.firstUnlabelled());
      await this.queue.open(image, this.#options.ahead.queue);
      this.sync.flush();
      if (!this.queue.current) return this.panels.show(isFiltered(this.#query) ? "none" : "no-images");
      if (image && this.queue.current.id !== image) toast(gettext("The image that was asked for is in the trash, or gone. This is the first one."));
      await this.show();
      if (!left) this.panels.show("finished");
    } catch (error) {
      this.failed(error, () => this.#open());
    }
    return undefined;
  }

  async #ended() {
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([this.sync.flush(), patience]);
    this.panels.end(await this.queue.firstUnlabelled());
  }

  #draw() {
    const item = this.queue.current;
    const ready = this.sitting.ready;
    const { annotations, status } = ready ? this.sitting.labels : { annotations: [], status: item?.status };
    this.bar.show(item, status, this.queue);
    this.bar.history(this.#history, this.#options.draws ? item?.id : undefined);
    if (this.drawing.tagging) this.classList.mark(new Set(annotations.filter((each) => each.shape === "tag").map((each) => each.class)));
    this.suggestionList.show(this.classes.byId);
    this.attributePanel.show(this.drawing.described(annotations), this.classes.byId);
    if (!item) return;
    this.reviewNote.show(item, status);
    this.peopleLine.show(item, status);
    this.drawing.show(item, annotations, this.sitting.suggestions, this.classes.byId);
    this.comments.show(item);
  }

  /** Those that the tool at hand can give. */
  #setClasses() {
    const { usable } = this.drawing;
    this.classList.set(usable);
    this.keys.setClasses(this.#options.may.label ? usable : []);
    this.drawing.mark();
    $("[data-no-classes]", this.#element).hidden = usable.length > 0;
    if (this.queue.current) this.#draw();
  }

  #changedClasses() {
    const { byId } = this.classes;
    this.sitting.classes = byId;
    this.strip.setClasses(byId);
    this.#setClasses();
    // Labels went along with their classes.
    if (this.queue.current) this.ahead.renewLabels(this.queue.items, this.queue.index);
  }

  #missing() {
    const shape = lacking(this.sitting.labels.annotations, this.classes.byId);
    if (shape && shape.shape !== "tag") this.drawing.stage.selection.set([shape.id]);
    this.#draw();
    this.attributePanel.focusMissing();
    toast(gettext("Saved. Fill in what is required, and the image is labelled."), { seconds: 4 });
  }

  #wire() {
    const { project, may } = this.#options;
    new SavedState($("[data-saved]"), $("[data-saved-aloud]"), this.sync, () => this.decisions.ask());
    this.#store.observe((event) => this.#changed(event));
    const { verbs } = this.gestures;
    on(this.#element, "click", "[data-verb]", (event, button) => {
      const [verb, argument] = button.dataset.verb.split(":");
      verbs[verb](argument && Number(argument));
      if (event.detail) button.blur();
    });
    rememberStay($("[data-stay-here]", this.#element), this.sitting);
    if (may.manage) new NewClass($("[data-new-class]", this.#element), api, project, (made) => this.classes.add(made));
    on(globalThis, "online", () => this.sync.hurry());
    this.classes.keepRead();
  }

  #changedElsewhere(image, status) {
    const item = this.queue.item(image);
    if (!item) return;
    item.status = status;
    this.strip.mark(item);
  }

  #changed({ image }) {
    const item = this.queue.item(image);
    if (item) {
      item.status = this.#store.status(image);
      item.classes = [...new Set(this.#store.annotations(image).map((each) => each.class))];
      this.strip.mark(item);
    }
    if (image === this.sitting.image) this.#draw();
  }
}

attach("data-label-page", (element) => new LabelPage(element));
