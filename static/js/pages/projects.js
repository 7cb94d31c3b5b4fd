import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, h, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { namesIn } from "../lib/names.js";
import { leaveFor, once } from "../widgets/busy.js";
import { openDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { More } from "../widgets/more.js";
import { palette } from "../widgets/palette.js";
import { toast } from "../widgets/toast.js";

const PAUSE = 200; // milliseconds after the last key before it is searched

class ProjectList {
  #list;
  #none;
  #more;
  #failure;
  #search = $("[data-search]");
  #asked = 0;

  constructor(element) {
    this.#list = $("[data-list]", element);
    this.#none = $("[data-none]", element);
    this.#more = new More($("[data-more]", element), ({ results }) => this.#append(results));
    this.#failure = new Failure(this.#list, () => this.#load());
    let timer;
    on(this.#search, "input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#load(), PAUSE);
    });
    this.#load();
  }

  async #load() {
    const asked = (this.#asked += 1);
    try {
      const page = await api.get(`/api/projects/?${new URLSearchParams({ page_size: "48", search: this.#search.value.trim() })}`);
      if (asked !== this.#asked) return; // an older question was answered late
      this.#failure.clear();
      this.#list.replaceChildren();
      this.#list.removeAttribute("aria-busy");
      this.#append(page.results);
      this.#more.begin(page.next);
    } catch (error) {
      if (asked === this.#asked) this.#failure.show(error);
    }
  }

  #append(projects) {
    this.#list.append(...projects.map(card));
    this.#none.hidden = this.#list.childElementCount > 0;
  }
}

function card(project) {
  const share = project.images ? project.labelled / project.images : 0;
  return h("a", { class: "card project-card", href: `/projects/${project.id}/` }, [
    project.cover.length
      ? h("div", { class: "cover" }, project.cover.map((src) => h("img", { src, alt: "", loading: "lazy", decoding: "async" })))
      : h("div", { class: "cover cover-none" }, icon("images")),
    h("div", { class: "project-card-body" }, [
      h("h2", { title: project.name }, project.name),
      project.description && h("p", { class: "muted small" }, project.description),
      h("span", { class: "row row-between muted small number" }, [
        h("span", null, interpolate(ngettext("%s image", "%s images", project.images), [number(project.images)])),
        project.images > 0 && h("span", null, interpolate(gettext("%s labelled"), [percent(share)])),
      ]),
      h("span", { class: "progress", style: { "--value": String(share) }, "aria-hidden": "true" }),
    ]),
  ]);
}

async function makeSample() {
  const done = toast(gettext("Writing 1,797 images. This takes a few seconds."), { seconds: 60 });
  try {
    const project = await api.post("/api/projects/sample/", {});
    await leaveFor(`/projects/${project.id}/`);
  } catch (error) {
    toast(error.message, { kind: "error" });
  } finally {
    done();
  }
}

const dialog = $("#new-project");
const openNew = () => openDialog(dialog);

attach("data-projects", (element) => new ProjectList(element));
for (const button of $$("[data-new]")) on(button, "click", openNew);
for (const button of $$("[data-sample]")) on(button, "click", () => once(button, makeSample));
wireForm($("form", dialog), async (values) => {
  const project = await api.post("/api/projects/", { ...values, classes: namesIn(values.classes) });
  await leaveFor(`/projects/${project.id}/`);
});
palette.add([{ title: gettext("New project"), icon: "plus", run: openNew }]);
if (new URLSearchParams(location.search).has("new")) openNew();
