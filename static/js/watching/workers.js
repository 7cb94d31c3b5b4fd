import { h } from "../lib/dom.js";
import { bytes, roughly, percent, relative } from "../lib/format.js";
import { linked, problemLine, stateMark, table } from "./marks.js";

export function workers({ workers, problem, beats }) {
  const heads = [gettext("Name"), ...columns(workers[0] ?? {}).map(([title, , kind]) => (kind ? [title, kind] : title))];
  return [
    problem && h("p", { class: `small status-${beats ? "warning" : "problem"}` }, problem),
    workers.length ? h("div", { class: "status-workers" }, table(heads, workers.map(row), gettext("Workers"))) : h("p", { class: "muted small" }, gettext("No worker has announced itself yet.")),
  ];
}

function row(worker) {
  return h("tr", { class: worker.alive ? null : "status-gone" }, [
    h("th", { scope: "row" }, [h("span", { class: "row status-name" }, [mark(worker), h("span", null, worker.name)]), problemLine(worker.problem, worker.state)]),
    ...columns(worker).map(([title, content, kind]) => h("td", { class: kind, dataset: { title } }, content())),
  ]);
}

/** Title, content and class of each column after the name. @returns {[string, () => any, string?][]} */
function columns(worker) {
  return [
    [gettext("Queues"), () => (worker.kind === "beat" ? h("span", { class: "muted" }, gettext("gives the beat")) : worker.queues.join(", "))],
    [gettext("Does now"), () => tasks(worker)],
    [gettext("CPU"), () => (worker.alive ? interpolate(gettext("%(share)s of %(cores)s"), { share: percent((worker.usage.cpu ?? 0) / 100), cores: worker.cpus }, true) : "–"), "number"],
    [gettext("Memory"), () => (worker.alive ? `${bytes(worker.usage.memory ?? 0)} / ${bytes(worker.memory_bytes)}` : "–"), "number"],
    [gettext("GPU"), () => graphics(worker)],
    [gettext("Heard of"), () => relative(worker.seen_at), "number"],
  ];
}

function mark(worker) {
  if (worker.ended) return h("span", { class: "pill" }, gettext("Ended"));
  if (!worker.alive) return stateMark("problem", gettext("Silent"));
  return worker.state === "ok" ? stateMark("ok", gettext("Alive")) : stateMark(worker.state);
}

function tasks(worker) {
  if (!worker.alive || worker.kind === "beat") return "–";
  if (!worker.doing.length) return h("span", { class: "muted" }, gettext("waits for work"));
  return h("ul", { class: "status-tasks" }, worker.doing.map((each) =>
    h("li", null, [linked(each.title, each.href), each.since && h("span", { class: "muted" }, ` ${roughly(Math.max(Date.now() / 1000 - each.since, 0))}`)]),
  ));
}

function graphics({ alive, usage, gpus }) {
  const cards = (alive && usage.gpus?.length ? usage.gpus : gpus) ?? [];
  if (!cards.length) return "–";
  return h("ul", { class: "status-tasks" }, cards.map((card) =>
    h("li", null, [card.name, card.memory_total && h("span", { class: "muted" }, ` ${percent((card.load ?? 0) / 100)}, ${bytes(card.memory)} / ${bytes(card.memory_total)}`)]),
  ));
}
