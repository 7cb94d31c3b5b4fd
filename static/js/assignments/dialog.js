import { api } from "../api/client.js";
import { $, $$, h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { imageChoices } from "../lib/image_choices.js";
import { labellers, personChoice } from "../members/labellers.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";
import { preview } from "./preview.js";

/**
 * Ask who shall label images, and share them out.
 * @param {number} project
 * @param {{count: number, body: any}|null} chosen images as the API takes them; null: the dialog asks which
 * @returns {Promise<any[]|null>} the assignments that were made; null when it was cancelled
 */
export async function assignImages(project, chosen) {
  const [people, counts] = await Promise.all([
    labellers(project),
    chosen ? null : api.get(`/api/projects/${project}/images/counts/?assignment=none`),
  ]);
  const choices = chosen ? [] : imageChoices(counts, { assignment: "none" });
  const dialog = makeDialog({ title: chosen ? interpolate(ngettext("Assign %s image", "Assign %s images", chosen.count), [number(chosen.count)]) : gettext("Assign images"), class: "assign-dialog" });
  const form = h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body" }, [
      !chosen && h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Images in no assignment")), h("select", { class: "select", name: "which" }, choices.map(({ name, count }, at) => h("option", { value: String(at) }, `${name} (${number(count)})`)))]),
      h("fieldset", { class: "field" }, [h("legend", null, gettext("To whom")), h("div", { class: "assign-people" }, people.map(personChoice))]),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Images for each, at most")), h("input", { class: "input", name: "each", type: "number", min: "1", max: "20000", placeholder: gettext("All, evenly"), inputmode: "numeric" })]),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Order")), h("select", { class: "select", name: "order" }, [["name", gettext("By name: each gets a stretch")], ["id", gettext("As they were added")], ["random", gettext("Shuffled: each gets a mixture")]].map(([value, name]) => h("option", { value }, name)))]),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Note, optional")), h("input", { class: "input", name: "note", maxlength: "200", autocomplete: "off" })]),
      h("p", { class: "hint", "data-preview": true, "aria-live": "polite" }),
    ]),
    h("div", { class: "dialog-foot" }, [
      h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
      h("button", { class: "btn btn-primary", type: "submit" }, gettext("Assign")),
    ]),
  ]);
  dialog.append(form);
  const images = () => chosen ?? choices[Number(form.elements.which.value)];
  const picked = () => $$("[name=people]:checked", form).map((each) => Number(each.value));
  const draw = () => {
    $("[data-preview]", form).textContent = preview(images()?.count ?? 0, picked().length, Number(form.elements.each.value) || null);
    $("[type=submit]", form).disabled = !picked().length || !images()?.count;
  };
  form.addEventListener("input", draw);
  draw();
  let made = null;
  wireForm(form, async ({ each, order, note }) => {
    const answer = await api.post(`/api/projects/${project}/assignments/`, { ...images().body, people: picked(), each: each ? Number(each) : null, order, note });
    made = answer.results;
    dialog.close();
  });
  await openDialog(dialog);
  dialog.remove();
  return made;
}
