import { api } from "../api/client.js";
import { h } from "../lib/dom.js";

/** The members of a project who may label. @param {number} project @returns {Promise<{id: number, name: string, username: string}[]>} */
export async function labellers(project) {
  const { results } = await api.get(`/api/projects/${project}/members/?page_size=1000`);
  return results.filter((each) => each.role !== "viewer" && each.is_active);
}

/** One of them to be ticked in a form. @param {{id: number, name: string, username: string}} person */
export function personChoice({ id, name, username }) {
  return h("label", { class: "checkbox" }, [h("input", { type: "checkbox", name: "people", value: String(id) }), h("span", { class: "truncate", title: username }, name)]);
}
