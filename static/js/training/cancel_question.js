import { confirmDialog } from "../widgets/dialog.js";

/** Whether a person is sure that a training shall end with nothing kept of it. */
export function sureToCancel() {
  return confirmDialog({
    title: gettext("Cancel this run?"),
    text: gettext("Training ends at once and what it has learned is discarded. Stop keeps the best weights instead."),
    confirm: gettext("Discard and end"),
    dismiss: gettext("Go on training"),
    danger: true,
  });
}
