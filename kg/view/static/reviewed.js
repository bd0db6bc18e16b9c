// What the project knows already: who confirmed or rejected a statement, what was decided of an entity.
import { h, words } from "./dom.js";

/** The reviews that were replayed when the page was built, one line each. */
export function reviewed(app, about) {
  return (about.reviews ?? []).map((review) => h("p", { class: "other applied" },
    words(review.reviewer || app.t("anonymous")), " ",
    h("span", { class: `verdict ${review.verdict}` }, said(app, review)),
    review.date && ` · ${review.date}`,
    review.reason && words(` · ${review.reason}`)));
}

function said(app, { verdict, decided }) {
  if (!decided) return app.t(verdict);
  return h("span", {}, `${app.t(verdict)} `, words(verdict === "class" ? app.className(decided) : decided));
}

/** The statements of an entity that reviewers rejected: not in the graph, to be read and taken up again. */
export function rejectedOf(app, entity, { evidence, decide }) {
  const rejected = app.graph.rejectedOf(entity);
  if (!rejected.length) return null;
  return h("section", { class: "rejected" }, h("details", { "data-statement": `r${entity.index}` },
    h("summary", {}, h("span", {}, app.t("rejectedOnes")), h("span", { class: "count" }, rejected.length)),
    h("ul", { class: "statements" }, rejected.map((statement) => h("li", {},
      h("p", { class: "spoken" }, h("s", {}, words(app.graph.sentence(statement, app.lang)))),
      statement.evidence.map(evidence), decide(statement))))));
}
