import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { toast } from "../widgets/toast.js";
import { Actions } from "./actions.js";
import { hasSecondLine } from "./captions.js";
import { FilterBar } from "./filter_bar.js";
import { Grid } from "./grid.js";
import { Listing } from "./listing.js";
import { PlaceMark } from "./place_mark.js";
import { Query } from "./query.js";
import { Selection } from "./selection.js";

const SIZE = "gallery-size";

/** The page of images: wires list, filters, selection and actions to each other. */
class Gallery {
  #asked = 0;

  constructor(root) {
    this.root = root;
    this.options = JSON.parse($("#gallery-options").textContent);
    this.query = new Query(location.search);
    this.listing = new Listing(`/api/projects/${this.options.project}/images/`);
    this.selection = new Selection(this.listing);
    this.box = $("[data-grid]", root);
    const slider = $("[data-size]", root);
    slider.value = localStorage.getItem(SIZE) ?? slider.value;
    this.grid = new Grid(this.box, { listing: this.listing, selection: this.selection, size: Number(slider.value), options: this.#tileOptions() });
    new PlaceMark($("[data-place-mark]", root), this.grid, this.listing);
    this.bar = new FilterBar(root, { query: this.query, options: this.options });
    this.actions = new Actions($("[data-actions]", root), {
      listing: this.listing, selection: this.selection, query: this.query, options: this.options,
      reload: () => this.reload(), recount: () => this.count(),
    });
    this.#wire(slider);
    this.reload();
    this.#returnTo();
  }

  reload() {
    this.selection.clear();
    this.listing.reset(this.query.params());
    this.grid.draw();
    this.#drawState();
    this.count();
  }

  async count() {
    const asked = (this.#asked += 1);
    try {
      const counts = await api.get(`/api/projects/${this.options.project}/images/counts/?${this.query.params(false)}`);
      if (asked !== this.#asked) return;
      if (this.listing.total !== null && this.listing.total !== counts.total) this.listing.refresh();
      this.bar.count(counts);
      this.grid.caption(hasSecondLine(counts, this.query));
    } catch (error) {
      if (asked === this.#asked && error.status) toast(error.message, { kind: "error" });
    }
  }

  open(place) {
    const image = this.listing.at(place);
    if (image && !this.query.trashed) location.assign(this.#href(image));
  }

  #tileOptions() {
    const names = (rows) => new Map(rows.map((each) => [each.id, each.name]));
    return {
      classes: new Map(this.options.classes.map((each) => [each.id, each])),
      statuses: names(this.options.statuses),
      splits: names(this.options.splits),
      href: (image) => this.#href(image),
      revisions: ({ id }) => `/projects/${this.options.project}/images/${id}/revisions/`,
    };
  }

  #href(image) {
    const params = this.query.params();
    params.delete("trashed");
    return `${this.options.labelPage}?image=${image.id}${params.size ? `&${params}` : ""}`;
  }

  #wire(slider) {
    this.bar.addEventListener("change", () => {
      const params = this.query.params();
      history.replaceState(history.state, "", params.size ? `?${params}` : location.pathname);
      scrollTo(0, 0);
      this.grid.active = 0;
      this.reload();
    });
    this.listing.addEventListener("change", () => this.#drawState());
    this.listing.addEventListener("failure", () => this.#drawState());
    this.selection.addEventListener("failure", (/** @type {any} */ { detail }) => toast(detail.message, { kind: "error" }));
    $("[data-retry]", this.root).addEventListener("click", () => {
      this.listing.retry();
      this.count();
      this.#drawState();
    });
    on(this.root, "click", "[data-empty-trash]", () => this.actions.empty());
    on(this.root, "click", "[data-clear-filters]", () => {
      this.query.clear();
      this.bar.draw();
      this.bar.dispatchEvent(new Event("change"));
    });
    slider.addEventListener("input", () => {
      this.grid.resize(Number(slider.value));
      localStorage.setItem(SIZE, slider.value);
    });
    on(this.box, "click", (event) => this.#click(event));
    on(this.box, "dblclick", (event) => this.#withTile(event, (place) => this.open(place)));
    on(this.box, "keydown", (event) => this.#key(event));
    on(this.box, "focus", () => this.grid.activate(this.grid.active));
    on(window, "pagehide", () => sessionStorage.setItem(location.href, JSON.stringify({ active: this.grid.active, top: scrollY })));
    shortcuts.register(gettext("Images"), [
      { keys: "/", label: gettext("Search names"), run: () => $("[data-search]", this.root).focus() },
      { keys: "mod+a", label: gettext("Choose all that match"), run: () => this.selection.all() },
      { keys: "Escape", label: gettext("Choose none"), run: () => this.selection.clear() },
      { keys: "Space", label: gettext("Choose or leave the image"), run: () => this.selection.toggle(this.grid.active) },
      { keys: "Enter", label: gettext("Open the image for labelling"), run: () => this.open(this.grid.active) },
      ...(this.options.mayLabel ? [{ keys: "Delete", label: gettext("Put the chosen images in the trash"), run: () => this.#delete() }] : []),
    ]);
  }

  #click(event) {
    if (event.target.closest(".tile-open")) return;
    this.#withTile(event, (place) => {
      this.box.focus({ preventScroll: true });
      if (event.shiftKey) this.selection.extend(place, event.ctrlKey || event.metaKey);
      else if (event.ctrlKey || event.metaKey || event.target.closest("[data-check]")) this.selection.toggle(place);
      else this.selection.only(place);
      this.grid.active = place;
      this.grid.draw();
    });
  }

  #withTile(event, run) {
    const place = this.grid.tileAt(event.target);
    if (place !== null && this.listing.at(place)) run(place);
  }

  #key(event) {
    const { columns, rowsInSight, active } = this.grid;
    const last = this.listing.length - 1;
    const steps = {
      ArrowLeft: active - 1, ArrowRight: active + 1, ArrowUp: active - columns, ArrowDown: active + columns,
      PageUp: active - columns * rowsInSight, PageDown: active + columns * rowsInSight, Home: 0, End: last,
    };
    const place = steps[event.key];
    if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const bounded = Math.max(0, Math.min(place, last));
    this.grid.activate(bounded);
    if (event.shiftKey) this.selection.extend(bounded);
  }

  #delete() {
    if (this.query.trashed || !(this.selection.size || this.listing.at(this.grid.active))) return;
    if (!this.selection.size) this.selection.only(this.grid.active);
    this.actions.trash();
  }

  #drawState() {
    const { listing, query } = this;
    const none = listing.total === 0;
    const shown = { "no-images": none && !query.narrowed && !query.trashed, "no-match": none && query.narrowed, "no-trash": none && query.trashed && !query.narrowed, failure: Boolean(listing.error) };
    for (const [name, visible] of Object.entries(shown)) $(`[data-state="${name}"]`, this.root).hidden = !visible;
    if (listing.error) $("[data-failure]", this.root).textContent = listing.error.message;
    this.box.classList.toggle("trashed", query.trashed);
    $("[data-trash-note]", this.root).hidden = !query.trashed || none || Boolean(listing.error);
    this.box.hidden = none || (listing.error && listing.total === null);
    $("[data-loading]", this.root).hidden = listing.total !== null || Boolean(listing.error);
    write($("[data-total]", this.root), listing.total === null ? "" : interpolate(ngettext("%s image", "%s images", listing.total), [number(listing.total)]));
  }

  /** Coming back from the labelling page, one is where one was. */
  async #returnTo() {
    const kept = JSON.parse(sessionStorage.getItem(location.href) ?? "null");
    if (!kept?.top) return;
    history.scrollRestoration = "manual";
    await this.listing.loaded(); // the first page says how many places there are
    this.listing.need(kept.active, kept.active + 1);
    await this.listing.loaded();
    this.grid.active = kept.active;
    this.grid.draw();
    scrollTo(0, kept.top);
  }
}

attach("data-gallery", (element) => new Gallery(element));
