import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";

/**
 * Ask what is to be looked for on images, and as which class it is suggested.
 * @param {{project: number, classes: any[]}} options @param {{count: number, bodies: any[]}} chosen images as the API takes them
 * @returns {Promise<boolean>} whether it was started
 */
export async function detectOn({ project, classes }, { count, bodies }) {
  const boxed = classes.filter((each) => !each.shapes?.length || each.shapes.includes("box"));
  const detectors = [["faces", gettext("Faces, seen from the front")], ["people", gettext("People who stand or walk")], ["plates", gettext("Number plates")]];
  const dialog = makeDialog({ title: interpolate(ngettext("Look for things on %s image", "Look for things on %s images", count), [number(count)]) });
  const choice = (name, label, options) => h("label", { class: "field" }, [h("span", { class: "label" }, label), h("select", { class: "select", name }, options.map(([value, text]) => h("option", { value: String(value) }, text)))]);
  const form = h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body" }, [
      choice("detector", gettext("What"), detectors),
      boxed.length ? choice("class", gettext("Suggest it as"), boxed.map((each) => [each.id, each.name])) : h("p", { class: "field-error" }, gettext("No class of this project is for boxes. Add one first.")),
      h("p", { class: "hint" }, gettext("What is found appears as suggestions on images that are not labelled yet. Refused ones do not come again. Each image takes about half a second; you may leave the page.")),
    ]),
    h("div", { class: "dialog-foot" }, [
      h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
      h("button", { class: "btn btn-primary", type: "submit", disabled: !boxed.length }, gettext("Look")),
    ]),
  ]);
  dialog.append(form);
  let started = false;
  wireForm(form, async (given) => {
    for (const body of bodies) await api.post(`/api/projects/${project}/detections/`, { ...body, detector: given.detector, class: Number(given.class) });
    started = true;
    jobsChanged();
    dialog.close();
  });
  await openDialog(dialog);
  dialog.remove();
  return started;
}
