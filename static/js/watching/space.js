import { h } from "../lib/dom.js";
import { bytes } from "../lib/format.js";

const COLORS = { ok: "var(--color-accent)", warning: "var(--color-warning)", problem: "var(--color-danger)" };

export function space({ disks, storage }) {
  return [
    h("ul", { class: "status-disks" }, disks.map((disk) => {
      const used = 1 - disk.free / disk.total;
      return h("li", null, [
        h("span", { class: "row row-between" }, [h("code", { class: "status-path" }, disk.path), h("strong", null, interpolate(gettext("%s free"), [bytes(disk.free)]))]),
        h("div", { class: "progress", style: { "--value": used, "--progress-color": COLORS[disk.state] }, role: "meter", "aria-valuenow": Math.round(100 * used), "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": interpolate(gettext("%s in use"), [disk.path]) }),
        h("span", { class: "muted small" }, `${disk.names.join(", ")} · ${interpolate(gettext("%s in all"), [bytes(disk.total)])}`),
      ]);
    })),
    h("p", { class: "muted small" }, interpolate(gettext("Images are kept in: %s"), [storage])),
  ];
}
