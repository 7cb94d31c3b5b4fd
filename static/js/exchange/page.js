import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { palette } from "../widgets/palette.js";
import { ExportDialog } from "./export_dialog.js";
import { Exports } from "./exports.js";
import { Imports } from "./imports.js";
import { Upload } from "./upload.js";

attach("data-exports", (element) => {
  const exports = new Exports(element);
  const dialog = new ExportDialog($("[data-export-dialog]"), () => exports.refresh());
  on(document, "click", "[data-new-export]", () => dialog.open());
  palette.add([{ title: gettext("Export labels…"), run: () => dialog.open() }]);
});

attach("data-imports", (element) => {
  const imports = new Imports(element);
  attach("data-import", (form) => new Upload(form, () => imports.refresh()));
});
