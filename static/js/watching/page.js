import { attach } from "../lib/attach.js";
import { $, $$, fill } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { data } from "./data.js";
import { findings } from "./findings.js";
import { stateMark, worst } from "./marks.js";
import { Part } from "./part.js";
import { queues } from "./queues.js";
import { services } from "./services.js";
import { space } from "./space.js";
import { versions } from "./versions.js";
import { work } from "./work.js";
import { workers } from "./workers.js";

const OFTEN = 5_000;
const SELDOM = 60_000;

const PARTS = {
  findings: [findings, 20_000],
  services: [services, OFTEN],
  workers: [workers, OFTEN],
  queues: [queues, OFTEN],
  work: [work, OFTEN],
  space: [space, SELDOM],
  data: [data, SELDOM],
  versions: [versions, SELDOM],
};

attach("data-status", (page) => {
  const parts = $$("[data-part]", page).map((card) => new Part(card, .../** @type {[any, number]} */ (PARTS[card.dataset.part])));
  const told = () => {
    const known = parts.filter((part) => part.state);
    const words = { ok: gettext("All is well"), warning: gettext("Something needs a look"), problem: gettext("Something is wrong") };
    const state = worst(known.map((part) => part.state));
    if (known.length === parts.length || state !== "ok") {
      const mark = stateMark(/** @type {any} */ (state), words[state]);
      const place = $("[data-status-whole]");
      if (place.textContent !== mark.textContent) fill(place, mark);
    }
    $("[data-status-time]").textContent = interpolate(gettext("looked at %s"), [clock(Date.now())]);
  };
  for (const part of parts) {
    part.addEventListener("change", told);
    part.refresh();
  }
  document.addEventListener("visibilitychange", () => document.hidden || parts.forEach((part) => part.refresh()));
});
