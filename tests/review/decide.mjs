// What the page makes of decisions that its project knows already; run by node:test from test_modules.py.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Decisions } from "../../kg/view/static/decide.js";
import { NO_FILTER, visible } from "../../kg/view/static/filter.js";
import { Graph } from "../../kg/view/static/graph.js";

const review = (reviewer, verdict) => ({ reviewer, verdict, date: "2026-11-24", reason: "" });
const statement = (id, reviews) => ({
  iri: `b:statement/${id}`, subject: 0, predicate: "date", object: { date: "2024" }, planned: false, confidence: 0.9,
  evidence: [{ document: 0, span: [0, 2], marks: [], rule: "r", confidence: 0.9, planned: false, role: "" }], ...(reviews && { reviews }),
});

/** Statements: agreed by two, disputed, of 甲 alone, of nobody; and one that was rejected. */
function reviewed() {
  return new Graph({
    base: "b:", classes: [{ class: "Fund", zh: "基金", en: "Fund" }],
    predicates: [{ predicate: "date", zh: "日期", en: "date", zh_sentence: "{s}：{o}", en_sentence: "{s}: {o}" }],
    documents: [{ id: "d", title: "", date: "", source: "", sha256: "", text: "甲乙" }],
    entities: [{ iri: "b:id/fund/new", cls: "Fund", name: "新名", scope: "", aliases: ["旧名"], planned: false }],
    statements: [statement("both", [review("甲", "right"), review("乙", "right")]), statement("split", [review("甲", "right"), review("乙", "wrong")]), statement("one", [review("甲", "unsure")]), statement("none")],
    rejected: [statement("gone", [review("甲", "wrong")])],
    replaced: [["b:id/fund/old", 0]],
    mentions: [[]],
    script: { traditional: "", simplified: "", pinyin: {} },
  });
}

const page = () => {
  const graph = reviewed();
  return [graph, new Decisions({ graph, t: (k) => k })];
};

test("the project's verdict stands where its reviewers agree and one has said nothing", () => {
  const [graph, decisions] = page();
  assert.deepEqual(graph.statements.map((s) => decisions.verdictOf(s)), ["right", "", "unsure", ""]);
  assert.deepEqual(graph.statements.map((s) => decisions.decided(s)), [true, true, true, false]);
  assert.deepEqual(graph.statements.map((s) => decisions.disputed(s)), [false, true, false, false]);
  assert.equal(decisions.count(), 3);
});

test("one's own word stands above, and replaces one's own in the project", () => {
  const [graph, decisions] = page();
  decisions.sign("甲");
  decisions.decide(graph.statements[1], "wrong");
  assert.equal(decisions.verdictOf(graph.statements[1]), "wrong");
  assert.equal(decisions.disputed(graph.statements[1]), false); // 乙 says wrong as well
  decisions.decide(graph.statements[0], "wrong");
  assert.equal(decisions.disputed(graph.statements[0]), true);
  decisions.undo();
  assert.equal(decisions.verdictOf(graph.statements[0]), "right");
});

test("what was rejected is no part of the graph and can be found with its entity", () => {
  const [graph, decisions] = page();
  assert.equal(graph.statements.length, 4);
  assert.equal(graph.entities[0].facts.length, 4);
  assert.deepEqual(graph.rejectedOf(graph.entities[0]).map((s) => s.iri), ["b:statement/gone"]);
  decisions.decide(graph.rejected[0], "right");
  assert.equal(decisions.all()[0].statement, "b:statement/gone");
});

test("a name that was given up leads on", () => {
  const [graph] = page();
  assert.equal(graph.entityAt("b:id/fund/old"), graph.entities[0]);
});

test("the filter by review knows the project's decisions", () => {
  const [graph, decisions] = page();
  const shown = (kind) => [...visible(graph, { ...NO_FILTER, review: kind }, decisions).statements];
  assert.deepEqual(shown("done"), [1, 1, 1, 0]);
  assert.deepEqual(shown("open"), [0, 0, 0, 1]);
  assert.deepEqual(shown("split"), [0, 1, 0, 0]);
});

test("a project's file sets its reviewers beside", () => {
  const [graph, decisions] = page();
  decisions.sign("丙");
  decisions.decide(graph.statements[3], "right");
  const row = (iri, reviewer, verdict) => ({ statement: iri, verdict, reviewer, reason: "", date: "" });
  const rows = [row("b:statement/both", "甲", "right"), row("b:statement/both", "乙", "wrong"), row("b:statement/none", "甲", "wrong")];
  const file = JSON.stringify({ format: "policykg-decisions/1", base: "b:", reviewer: "", decisions: rows });
  assert.equal(decisions.load(file), 3);
  assert.deepEqual([...decisions.others.keys()], ["甲", "乙"]);
  assert.equal(decisions.reviewer, "丙");
  assert.equal(decisions.agreement("甲").both, 1);
  assert.equal(decisions.disputed(graph.statements[3]), true);
});
