// The query page: YASGUI over this service alone, and the named questions beside it.
"use strict";

const at = (id) => document.getElementById(id);

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function asked(address) {
  const answer = await fetch(address);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.trim());
  return text;
}

function editor(prefixes) {
  const head = ["kgo", "skos", "rdfs"].map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
  const value = `${head}SELECT ?fund ?amount WHERE {\n  ?f a kgo:Fund ; skos:prefLabel ?fund .\n  OPTIONAL { ?f kgo:amount ?amount }\n}\nORDER BY DESC(?amount)\nLIMIT 50\n`;
  const { Yasgui } = window;
  Yasgui.Yasqe.defaults.value = value;
  return new Yasgui(at("yasgui"), {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [] },
    // Prefixes and tabs are this graph's: another service on this address starts afresh.
    persistenceId: `policykg ${prefixes.institution}`,
    yasqe: { value, autocompleters: ["variables"], prefixCcApi: null },
    yasr: { prefixes },
  });
}

/** What is in the results stays on this machine: an IRI of the graph opens at its address here. */
function localLinks(prefixes) {
  const base = prefixes.institution.replace(/id\/institution\/$/, "");
  const ontology = prefixes.kgo.replace(/#$/, "");
  at("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const iri = link.getAttribute("href");
    if (iri.startsWith(ontology)) link.href = `/ontology${iri.slice(ontology.length)}`;
    else if (iri.startsWith(base)) link.href = `/${iri.slice(base.length)}`;
  }, true);
}

function choose(yasgui, question, button) {
  document.querySelectorAll("#questions button").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  const inputs = question.parameters.map((parameter) =>
    element("input", { name: parameter.name, required: parameter.required, autocomplete: "off" }));
  at("values").replaceChildren(
    ...question.parameters.map((parameter, i) => element("label", {}, parameter.about, inputs[i])),
    element("button", { type: "submit" }, "查询 Ask"),
  );
  at("values").hidden = inputs.length === 0;
  at("values").onsubmit = (event) => {
    event.preventDefault();
    ask(yasgui, question, inputs);
  };
  if (inputs.some((input) => input.required)) inputs.find((input) => input.required).focus();
  else ask(yasgui, question, inputs);
}

async function ask(yasgui, question, inputs) {
  const given = new URLSearchParams(inputs.filter((input) => input.value).map((input) => [input.name, input.value]));
  at("said").textContent = "";
  try {
    const text = await asked(`/questions/${question.name}?${given}`);
    const tab = yasgui.getTab();
    tab.setName(question.title.zh ?? question.name);
    tab.setQuery(text);
    await tab.query();
  } catch (error) {
    if (error instanceof Error && error.message) at("said").textContent = error.message;
  }
}

async function main() {
  const { prefixes, questions } = JSON.parse(await asked("/questions"));
  const yasgui = editor(prefixes);
  localLinks(prefixes);
  at("questions").append(...questions.map((question) => {
    const button = element("button", { type: "button", title: question.about.zh ?? "" },
      question.title.zh ?? question.name, element("small", { lang: "en" }, question.title.en ?? ""));
    button.setAttribute("aria-pressed", "false");
    button.dataset.name = question.name;
    button.addEventListener("click", () => choose(yasgui, question, button));
    return element("li", {}, button);
  }));
  at("narrow").addEventListener("input", () => {
    const words = at("narrow").value.trim().toLowerCase();
    for (const item of at("questions").children) item.hidden = !item.textContent.toLowerCase().includes(words);
  });
  document.documentElement.dataset.state = "ready";
}

main().catch((error) => {
  at("said").textContent = error.message;
  document.documentElement.dataset.state = "failed";
});
