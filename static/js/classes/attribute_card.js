import { ATTRIBUTE_KINDS } from "../lib/annotation_words.js";
import { writeOption } from "../lib/attributes.js";
import { $, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/**
 * One attribute of the form.
 * @param {any} draft changed in place
 * @param {number} index
 * @param {{redraw: (focus: string) => void, changed: () => void, remove: () => void, move: (step: number) => void}} verbs
 */
export function attributeCard(draft, index, { redraw, changed, remove, move }) {
  const field = (label, control, place) => h("label", { class: "field", dataset: { place: `${index}.${place}` } }, [h("span", { class: "label" }, label), control]);
  const input = (name, props = {}) => {
    const element = h("input", { class: "input", autocomplete: "off", value: draft[name] ?? "", ...props });
    on(element, "input", () => {
      draft[name] = element.value;
      changed();
    });
    return element;
  };
  const check = (name, text) => {
    const element = h("input", { type: "checkbox", checked: Boolean(draft[name]) });
    on(element, "change", () => {
      draft[name] = element.checked;
      changed();
    });
    return h("label", { class: "checkbox" }, [element, text]);
  };
  const type = h("select", { class: "select" }, Object.entries(ATTRIBUTE_KINDS).map(([value, text]) => h("option", { value, selected: value === draft.type }, text())));
  on(type, "change", () => {
    Object.assign(draft, { type: type.value, default: undefined });
    if (type.value === "select" && !draft.options.length) draft.options.push({ value: "" });
    redraw(`[data-place="${index}.type"] select`);
  });
  const name = draft.name || gettext("New attribute");
  const tool = (icon_, label, run, step) => h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "data-step": step, "aria-label": interpolate(label, [name]), on: { click: run } }, icon_);
  const defaultField = field(gettext("Default"), defaultOf(draft, changed), "default");
  const optionWritten = () => {
    $("select", defaultField).replaceWith(defaultOf(draft, changed));
    changed();
  };
  return h("fieldset", { class: "card attribute-card", dataset: { place: String(index) } }, [
    h("legend", { class: "visually-hidden" }, name),
    h("div", { class: "attribute-head" }, [
      field(gettext("Name"), input("name", { maxlength: 100, "data-first": true }), "name"),
      field(gettext("Kind"), type, "type"),
      h("div", { class: "attribute-tools" }, [
        tool(icon("arrow-up"), gettext("Move “%s” up"), () => move(-1), -1),
        tool(icon("arrow-down"), gettext("Move “%s” down"), () => move(1), 1),
        tool(icon("trash-2"), gettext("Delete “%s”"), remove),
      ]),
    ]),
    draft.type === "select" && options(draft, index, { redraw, changed: optionWritten }),
    draft.type === "number" && h("div", { class: "attribute-limits" }, [
      field(gettext("Least"), input("min", { type: "number", step: "any" }), "min"),
      field(gettext("Greatest"), input("max", { type: "number", step: "any" }), "max"),
      field(gettext("Step"), input("step", { type: "number", step: "any", min: 0 }), "step"),
    ]),
    h("div", { class: "attribute-foot" }, [
      defaultField,
      check("required", gettext("Required")),
      h("span", { title: gettext("Of a track: may change from frame to frame. Otherwise one value per object.") }, check("mutable", gettext("Changes over frames"))),
    ]),
  ]);
}

function options(draft, index, { redraw, changed }) {
  const add = h("button", { class: "btn btn-small", type: "button" }, [icon("plus"), gettext("Option")]);
  on(add, "click", () => {
    draft.options.push({ value: "" });
    redraw(`[data-place="${index}.options.${draft.options.length - 1}"] input`);
  });
  return h("div", { class: "field", dataset: { place: `${index}.options` } }, [
    h("span", { class: "label" }, gettext("Options")),
    h("ol", { class: "attribute-options" }, draft.options.map((option, at) => {
      const input = h("input", { class: "input", maxlength: 200, autocomplete: "off", value: option.value, "aria-label": interpolate(gettext("Option %s"), [at + 1]) });
      on(input, "input", () => {
        writeOption(draft, option, input.value);
        changed();
      });
      on(input, "keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add.click();
      });
      const bin = h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete the option “%s”"), [option.value]) }, icon("x"));
      on(bin, "click", () => {
        draft.options.splice(at, 1);
        if (draft.default === option.value) draft.default = undefined;
        const next = Math.min(at, draft.options.length - 1);
        redraw(next < 0 ? `[data-place="${index}.options"] > button` : `[data-place="${index}.options.${next}"] button`);
      });
      return h("li", { dataset: { place: `${index}.options.${at}` } }, [input, bin]);
    })),
    add,
  ]);
}

function defaultOf(draft, changed) {
  const choose = (choices) => {
    const select = h("select", { class: "select" }, choices.map(([value, text]) => h("option", { value, selected: String(draft.default ?? "") === value }, text)));
    on(select, "change", () => {
      draft.default = draft.type === "checkbox" ? { true: true, false: false }[select.value] : select.value || undefined;
      changed();
    });
    return select;
  };
  const none = ["", gettext("None")];
  if (draft.type === "select") return choose([none, ...draft.options.filter(({ value }) => value.trim()).map(({ value }) => [value, value])]);
  if (draft.type === "checkbox") return choose([none, ["true", gettext("Yes")], ["false", gettext("No")]]);
  const input = h("input", { class: "input", autocomplete: "off", value: draft.default ?? "", ...(draft.type === "number" ? { type: "number", step: "any" } : {}) });
  on(input, "input", () => {
    draft.default = draft.type === "number" && input.value ? Number(input.value) : input.value;
    changed();
  });
  return input;
}
