/**
 * A RunSpec while it is being written: only what differs from the defaults is kept, so that presets keep deciding the
 * rest. Tells who listens when a value changes.
 */
export class SpecDraft extends EventTarget {
  #fields;
  #fallbacks;
  #byTask;
  #values = new Map();

  /** @param {import("./spec_fields.js").Field[]} fields @param {Record<string, any>} [byTask] specs with what is another default for a task */
  constructor(fields, byTask = {}) {
    super();
    this.#fields = fields;
    this.#fallbacks = new Map(fields.map((field) => [field.path, field.fallback]));
    this.#byTask = new Map(Object.entries(byTask).map(([task, spec]) => [task, new Map(flat(spec, this.#fallbacks))]));
  }

  /** The value that is set, or the default. @param {string} path */
  get(path) {
    return this.#values.has(path) ? this.#values.get(path) : this.#fallback(path);
  }

  /** Whether somebody has set it to something else than the default. @param {string} path */
  changed(path) {
    return this.#values.has(path);
  }

  /** Sets a value; setting the default sets nothing. @param {string} path @param {any} value */
  set(path, value) {
    if (same(value, this.get(path))) return;
    if (same(value, this.#fallback(path))) this.#values.delete(path);
    else this.#values.set(path, value);
    this.#tell(path);
    if (path !== "task") return;
    for (const each of this.#fields) if (unfit(each, value, this.#values.get(each.path))) this.#values.delete(each.path);
    this.#tell(""); // other defaults
  }

  /** Back to the default. @param {string} path */
  reset(path) {
    if (!this.#values.delete(path)) return;
    this.#tell(path);
  }

  /** Takes over a whole spec; what it does not name gets its default. @param {Record<string, any>} spec */
  load(spec) {
    this.#values = new Map();
    if (spec.task !== undefined && spec.task !== this.#fallbacks.get("task")) this.#values.set("task", spec.task);
    for (const [path, value] of flat(spec, this.#fallbacks)) {
      if (path !== "task" && !same(value, this.#fallback(path))) this.#values.set(path, value);
    }
    this.#tell("");
  }

  /** Everything inside of an object of the spec, also what is the default. @param {string} name */
  inside(name) {
    const made = {};
    for (const path of this.#fallbacks.keys()) if (path.startsWith(`${name}.`)) put(made, path.slice(name.length + 1).split("."), this.get(path));
    return made;
  }

  /** The spec as the API takes it: task and preset, and what differs from the defaults. */
  get spec() {
    const spec = {};
    for (const path of ["task", "preset"]) if (this.#fallbacks.has(path)) spec[path] = this.get(path);
    for (const [path, value] of this.#values) put(spec, path.split("."), value);
    return spec;
  }

  /** The default, which may be another one for the task at hand. */
  #fallback(path) {
    const task = path === "task" ? undefined : this.#byTask.get(this.get("task"));
    return task?.has(path) ? task.get(path) : this.#fallbacks.get(path);
  }

  #tell(path) {
    this.dispatchEvent(new CustomEvent("change", { detail: path }));
  }
}

/** Whether a task makes no use of a field, or does not know the value that it has. */
function unfit(field, task, value) {
  if (value === undefined) return false;
  return Boolean(field.tasks && !field.tasks.includes(task)) || Boolean(field.choicesByTask?.[task] && !field.choicesByTask[task].includes(value));
}

/** A known path is a value even when it is an object, such as the weights of a model. Unknown names are kept. */
function flat(spec, known, before = "") {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = before + name;
    const inside = !known.has(path) && value && typeof value === "object" && !Array.isArray(value);
    return inside ? flat(value, known, `${path}.`) : [[path, value]];
  });
}

function put(spec, names, value) {
  const [name, ...rest] = names;
  if (!rest.length) spec[name] = value;
  else put((spec[name] ??= {}), rest, value);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
