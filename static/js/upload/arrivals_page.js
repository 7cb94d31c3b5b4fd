import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { Failure } from "../widgets/failure.js";
import { Arrivals } from "./arrivals.js";
import { Report } from "./report.js";

/** The page of one upload or ZIP that has come in: what was refused and why, and what was not. */
attach("data-arrivals", (root) => {
  const place = $("[data-report]", root);
  if (!place) return; // what became of each file is kept no more
  const arrivals = new Arrivals(JSON.parse($("#arrivals-options").textContent));
  const report = new Report(place, arrivals);
  const failure = new Failure(place, () => show(report.wanted));
  on(place, "click", "[data-show]", (_event, button) => show(button.dataset.show));
  show(report.wanted);

  async function show(status) {
    place.setAttribute("aria-busy", "true");
    try {
      await arrivals.read(status, () => report.draw());
      failure.clear();
    } catch (error) {
      failure.show(error);
    }
    place.removeAttribute("aria-busy");
    report.draw();
  }
});
