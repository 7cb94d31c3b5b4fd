import { api } from "../api/client.js";
import { $, $$, h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { imageChoices } from "../lib/image_choices.js";
import { labellers, personChoice } from "../members/labellers.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";

/**
 * Ask who shall label the same images, and start a round.
 * @param {number} project
 * @param {{count: number, body: any}|null} chosen images as the API takes them; null: the dialog asks which
 * @returns {Promise<any|null>} the round; null when it was cancelled
 */
export async function startRound(project, chosen) {
  const [people, counts] = await Promise.all([
    labellers(project),
    chosen ? null : api.get(`/api/projects/${project}/images/counts/`),
  ]);
  const choices = chosen ? [] : imageChoices(counts);
  const dialog = makeDialog({ title: chosen ? interpolate(ngettext("A round with %s image", "A round with %s images", chosen.count), [number(chosen.count)]) : gettext("Start a round"), class: "assign-dialog" });
  const form = h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body" }, [
      h("p", { class: "muted" }, gettext("Each of these people labels all of the images, and sees nothing of what the others do. Afterwards you see how far they agree, and merge their labels.")),
      !chosen && h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Images")), h("select", { class: "select", name: "which" }, choices.map(({ name, count }, at) => h("option", { value: String(at) }, `${name} (${number(count)})`)))]),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("At most, drawn by chance")), h("input", { class: "input", name: "most", type: "number", min: "1", max: "5000", placeholder: gettext("All of them"), inputmode: "numeric" })]),
      h("fieldset", { class: "field" }, [h("legend", null, gettext("People, at least two")), h("div", { class: "assign-people" }, people.map(personChoice))]),
      h("fieldset", { class: "field" }, [h("legend", null, gettext("They start with")), h("div", { class: "row" }, [radio("1", gettext("Nothing on the images"), true), radio("", gettext("The labels that are there now"), false)])]),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Note, optional")), h("input", { class: "input", name: "note", maxlength: "200", autocomplete: "off" })]),
      h("p", { class: "hint", "data-preview": true, "aria-live": "polite" }),
    ]),
    h("div", { class: "dialog-foot" }, [
      h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
      h("button", { class: "btn btn-primary", type: "submit" }, gettext("Start the round")),
    ]),
  ]);
  dialog.append(form);
  const images = () => chosen ?? choices[Number(form.elements.which.value)];
  const picked = () => $$("[name=people]:checked", form).map((each) => Number(each.value));
  const draw = () => {
    const count = Math.min(images()?.count ?? 0, Number(form.elements.most.value) || Infinity);
    $("[data-preview]", form).textContent = told(count, picked().length);
    $("[type=submit]", form).disabled = picked().length < 2 || !count;
  };
  form.addEventListener("input", draw);
  draw();
  let made = null;
  wireForm(form, async ({ most, empty, note }) => {
    made = await api.post(`/api/projects/${project}/rounds/`, { ...images().body, people: picked(), most: most ? Number(most) : null, empty: Boolean(empty), note });
    dialog.close();
  });
  await openDialog(dialog);
  dialog.remove();
  return made;
}

/** @param {number} images @param {number} people */
export function told(images, people) {
  if (!images) return gettext("There are no such images.");
  if (people < 2) return gettext("Choose at least two people.");
  return interpolate(gettext("%s images for each of %s people: %s images to label."), [images, people, images * people].map((each) => number(each)));
}

function radio(value, text, checked) {
  return h("label", { class: "checkbox" }, [h("input", { type: "radio", name: "empty", value, checked }), text]);
}
