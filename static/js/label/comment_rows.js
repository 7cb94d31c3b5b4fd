import { h } from "../lib/dom.js";
import { moment, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/**
 * One thread as a row of the list. What its buttons do is said by `data-do`, and to which comment by `data-of`.
 * @param {any} thread @param {{user: number, may: any, chosen: number|null, writing: any}} now
 */
export function threadRow(thread, now) {
  const { may, writing, chosen } = now;
  const resolved = Boolean(thread.resolved_at);
  const answering = writing?.thread === thread.id;
  const judges = may.review || (may.label && thread.author.id === now.user);
  return h("li", { class: `comment-thread${resolved ? " comment-resolved" : ""}`, dataset: { row: thread.id }, "aria-current": chosen === thread.id && "true" }, [
    remark(thread, now, h("button", { class: "comment-number", type: "button", dataset: { do: "go", of: thread.id, key: `go-${thread.id}` }, "aria-label": interpolate(gettext("Show comment %s on the image"), [thread.number]) }, String(thread.number))),
    thread.answers.length > 0 && h("ul", { class: "comment-answers" }, thread.answers.map((each) => h("li", null, remark(each, now)))),
    resolved && h("p", { class: "muted small" }, interpolate(gettext("Resolved by %s"), [thread.resolved_by.name])),
    answering && writer(gettext("Answer"), writing.text ?? "", `answer-${thread.id}`),
    !answering && may.label && h("div", { class: "row comment-verbs" }, [
      verb("answer", thread.id, gettext("Answer"), "reply"),
      judges && (resolved ? verb("reopen", thread.id, gettext("Reopen"), "undo-2") : verb("resolve", thread.id, gettext("Resolve"), "check")),
    ]),
  ]);
}

/** @param {any} comment @param {any} now @param {any} [mark] before the name */
function remark(comment, { user, may, writing }, mark) {
  const { id, author, text, created_at, edited_at } = comment;
  const mine = may.label && author.id === user;
  if (writing?.edits === id) return writer(gettext("Save"), writing.text ?? text, `edit-${id}`);
  return h("div", { class: "comment-remark" }, [
    h("div", { class: "comment-head" }, [
      mark,
      h("strong", { class: "truncate", title: author.name }, author.name),
      h("time", { class: "muted small nowrap", datetime: created_at, title: moment(created_at) }, relative(created_at)),
      edited_at && h("span", { class: "muted small", title: moment(edited_at) }, gettext("edited")),
      h("span", { class: "spacer" }),
      mine && small("edit", id, gettext("Edit"), "pencil"),
      (mine || may.manage) && small("remove", id, gettext("Delete"), "trash-2"),
    ]),
    h("p", { class: "comment-text" }, text),
  ]);
}

/** A field to write in; Ctrl+Enter sends it. */
export function writer(action, text, key) {
  return h("form", { class: "comment-writer", dataset: { write: key } }, [
    h("textarea", { class: "textarea", rows: "3", maxlength: "10000", required: true, value: text, "aria-label": gettext("Comment"), dataset: { key } }),
    h("p", { class: "field-error", role: "alert" }),
    h("div", { class: "row" }, [
      h("button", { class: "btn btn-small btn-primary", type: "submit", title: gettext("Ctrl+Enter") }, action),
      h("button", { class: "btn btn-small", type: "button", dataset: { do: "cancel", key: `cancel-${key}` } }, gettext("Cancel")),
    ]),
  ]);
}

function verb(name, id, label, sign) {
  return h("button", { class: "btn btn-ghost btn-small", type: "button", dataset: { do: name, of: id, key: `${name}-${id}` } }, [icon(sign), label]);
}

function small(name, id, label, sign) {
  return h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", title: label, "aria-label": label, dataset: { do: name, of: id, key: `${name}-${id}` } }, icon(sign));
}
