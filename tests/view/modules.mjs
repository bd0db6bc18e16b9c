// Tests of the page's modules that need no browser, run by node:test from test_modules.py.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Decisions } from "../../kg/view/static/decide.js";
import { NO_FILTER, isFiltered, neighbourhood, path, visible } from "../../kg/view/static/filter.js";
import { Graph } from "../../kg/view/static/graph.js";
import { citation, csv, turtle } from "../../kg/view/static/output.js";
import { tint } from "../../kg/view/static/palette.js";
import { Placer, plain, wrap } from "../../kg/view/static/placer.js";
import { cut } from "../../kg/view/static/reader.js";
import { read, wanted, write } from "../../kg/view/static/route.js";
import { find, soundsAt } from "../../kg/view/static/search.js";
import { Spots } from "../../kg/view/static/spots.js";
import { START } from "../../kg/view/static/store.js";
import { STRINGS } from "../../kg/view/static/strings.js";
import { events } from "../../kg/view/static/timeline.js";
import { amount, date, figure, fold, observation, offsetsOf, pieces, shift } from "../../kg/view/static/text.js";

const entity = (name, cls = "Institution", aliases = []) => ({ iri: `b:id/${cls}/${encodeURIComponent(name)}`, cls, name, scope: "", aliases, planned: false });
const relation = (subject, object, extra = {}) => ({
  iri: `b:statement/${subject}-${object}`, subject, predicate: "partOf", object: { entity: object }, planned: false, confidence: 0.9,
  evidence: [{ document: 0, span: [0, 4], marks: [[1, 2]], rule: "r", confidence: 0.9, planned: false, role: "" }], ...extra,
});

/** A chain 甲-乙-丙-丁 and 戊 alone. */
function chain() {
  const names = ["甲研究院", "乙研究院", "丙研究院", "丁研究院", "戊研究院"];
  return new Graph({
    base: "b:",
    classes: [{ class: "Institution", zh: "机构", en: "Institution" }, { class: "Fund", zh: "基金", en: "Fund" }],
    predicates: [{ predicate: "partOf", zh: "隶属于", en: "part of", zh_sentence: "{s}隶属于{o}", en_sentence: "{s} is part of {o}" }],
    documents: [{ id: "d", title: "", date: "2024-05", source: "", sha256: "", text: "😀甲属乙。" }],
    entities: names.map((n) => entity(n)),
    statements: [relation(0, 1), relation(2, 1, { planned: true, confidence: 0.4 }), relation(2, 3)],
    mentions: [[[1, 2, 0]]],
    script: { traditional: "雲東", simplified: "云东" },
  });
}

const cases = (name, rows, run) => rows.forEach((row, i) => test(`${name} ${i}`, () => assert.deepEqual(run(...row.slice(0, -1)), row.at(-1))));

cases("offsets", [["云川省", 2, 2], ["😀基金🧪x", 0, 0], ["😀基金🧪x", 1, 2], ["😀基金🧪x", 4, 6], ["😀基金🧪x", 5, 7]], (text, at) => offsetsOf(text)(at));
cases("pieces", [
  ["abcdef", 0, 6, [], [{ text: "abcdef", mark: false }]],
  ["abcdef", 1, 5, [[2, 3], [4, 9]], [{ text: "b", mark: false }, { text: "c", mark: true }, { text: "d", mark: false }, { text: "e", mark: true }]],
  ["abcdef", 0, 6, [[0, 3], [2, 5]], [{ text: "abcde", mark: true }, { text: "f", mark: false }]],
  ["abcdef", 0, 6, [[3, 3]], [{ text: "abcdef", mark: false }]],
], pieces);
cases("shift", [["6000000000", 8, "60"], ["125000", 4, "12.5"], ["5", 4, "0.0005"], ["-1200", 2, "-12"], ["9.70", 0, "9.7"], ["0", 0, "0"], ["1250000000.50", 8, "12.500000005"]], shift);
cases("figure zh", [["169000", "16.9万"], ["300000000000", "3,000亿"], ["1500000000000", "1.5万亿"], ["9.7", "9.7"], ["9999", "9,999"], ["10000", "1万"]], (x) => figure(x, "zh"));
cases("figure en", [["6000000000", "6 billion"], ["1250000", "1.25 million"], ["169000", "169,000"]], (x) => figure(x, "en"));
cases("amount", [["6000000000", "zh", "60亿元"], ["6000000000", "en", "CNY 6 billion"]], amount);
cases("date", [["2024", "zh", "2024年"], ["2024-07", "zh", "2024年7月"], ["2024-09-10", "zh", "2024年9月10日"], ["2023/2027", "zh", "2023年至2027年"], ["2024-07", "en", "2024-07"]], date);
cases("observation", [
  [{ label: "5G基站", value: "169000", unit: "个", time: "2024", bound: "", baseline: { label: "5G基站", value: "125000", unit: "个", time: "2023", bound: "" } }, "zh", "5G基站：16.9万个（2024年；此前12.5万个，2023年）"],
  [{ label: "增加值", value: "300000000000", unit: "元", time: "", bound: "over" }, "zh", "增加值：超3,000亿元"],
  [{ label: "占比", value: "9.7", unit: "%", time: "", bound: "nearly" }, "en", "占比: nearly 9.7%"],
], observation);
cases("fold", [["“丹霞”基金", "丹霞基金"], ["《规划》 ", "规划"], ["ＡＢ１", "ab1"]], fold);
cases("wrap", [["云川省", 20, 2, ["云川省"]], ["云川省数字经济发展规划纲要", 16, 2, ["云川省数字经济", "发展规划纲要"]], ["甲".repeat(40), 8, 2, ["甲甲甲甲", "甲甲甲…"]]], wrap);
cases("plain", [["a\u202eb", "a□b"], ["x\ny", "x□y"], ["云川", "云川"]], plain);
cases("cut", [
  [0, 4, [], null, [{ start: 0, end: 4, entity: undefined, asked: false }]],
  [0, 9, [{ start: 2, end: 6, entity: 1 }, { start: 3, end: 4, entity: 2 }], [4, 9], [
    { start: 0, end: 2, entity: undefined, asked: false },
    { start: 2, end: 4, entity: 1, asked: false },
    { start: 4, end: 6, entity: 1, asked: true },
    { start: 6, end: 9, entity: undefined, asked: true },
  ]],
], cut);
cases("csv", [[[["a", "b\"c", "d,e"]], '\ufeffa,"b""c","d,e"\r\n'], [[["=1+1", "-2", "-x", "@a"]], "\ufeff'=1+1,-2,'-x,'@a\r\n"], [[["多\n行"]], '\ufeff"多\n行"\r\n']], csv);

const READINGS = new Map(Object.entries({ 江: ["jiang"], 州: ["zhou"], 重: ["chong", "zhong"], 庆: ["qing"], 大: ["da", "dai"], 学: ["xue"], 基: ["ji"], 站: ["zhan"] }));
cases("pinyin", [
  ["江州大学", "jzdx", 0], ["江州大学", "jiangzhou", 0], ["江州大学", "jiangzd", 0], ["江州大学", "jiangzho", 0], ["江州大学", "daxue", 2], ["江州大学", "dxx", -1],
  ["重庆大学", "zqdx", 0], ["重庆大学", "chongqing", 0], ["5g基站", "5gjz", 0], ["江州", "jiangzhoud", -1], ["", "a", -1],
], (name, letters) => soundsAt(name, letters, READINGS));

test("search ranks the whole name before its parts and aliases after names", () => {
  const graph = chain();
  graph.entities[3].aliases = ["甲院"];
  const found = find(graph, "甲");
  assert.deepEqual(found.map((f) => f.entity.index), [0, 3]);
  assert.deepEqual(find(graph, "   ").length, 0);
});

test("search reads both scripts", () => {
  const graph = chain();
  graph.entities[4].name = "雲川東江";
  assert.deepEqual(find(graph, "云川东").map((f) => f.entity.index), [4]);
  assert.deepEqual(find(graph, "雲川東江").map((f) => f.entity.index), [4]);
});

test("boxes that are taken are not given again", () => {
  const placer = new Placer();
  assert.ok(placer.take(0, 0, 100, 20));
  assert.ok(!placer.take(90, 10, 120, 30));
  assert.ok(placer.take(100, 0, 120, 20));
  assert.ok(placer.take(-300, -300, -200, -290));
});

test("a filter hides a class with its statements, and a status", () => {
  const graph = chain();
  const count = (filter) => {
    const shown = visible(graph, { ...NO_FILTER, ...filter });
    return [shown.entities, shown.statements].map((map) => map.reduce((a, b) => a + b, 0));
  };
  assert.deepEqual(count({}), [5, 3]);
  assert.deepEqual(count({ classes: ["Institution"] }), [0, 0]);
  assert.deepEqual(count({ status: "planned" }), [5, 1]);
  assert.deepEqual(count({ confidence: 0.5 }), [5, 2]);
  assert.deepEqual(count({ linked: true }), [4, 3]);
  assert.deepEqual(count({ from: "2024", to: "2024" }), [5, 3]);
  assert.deepEqual(count({ from: "2025" }), [5, 0]);
  assert.deepEqual(count({ documents: [0] }), [1, 0]);
  assert.deepEqual(count({ focus: { entity: 0, hops: 1 } }), [2, 1]);
  assert.deepEqual(count({ path: { from: 0, to: 3 } }), [4, 3]);
  assert.ok(isFiltered({ ...NO_FILTER, linked: true }) && !isFiltered(NO_FILTER));
});

test("paths go both ways and say when there is none", () => {
  const graph = chain();
  const all = new Uint8Array(3).fill(1);
  assert.deepEqual(path(graph, 0, 3, all), { entities: [0, 1, 2, 3], statements: [0, 1, 2] });
  assert.deepEqual(path(graph, 0, 4, all), { entities: [], statements: [] });
  assert.deepEqual([...neighbourhood(graph, 0, 2, all)], [0, 1, 2]);
});

test("quotes count code points", () => {
  const graph = chain();
  assert.deepEqual(graph.quote(graph.statements[0].evidence[0]), [{ text: "😀", mark: false }, { text: "甲", mark: true }, { text: "属乙", mark: false }]);
});

test("an address brings back the state that wrote it", () => {
  const graph = chain();
  const state = {
    ...START, view: "table", lang: "en", selection: { statement: 1 },
    filter: { ...NO_FILTER, classes: ["Fund"], predicates: ["partOf"], documents: [0], status: "planned", confidence: 0.35, review: "open", from: "2020", to: "2024", linked: true, path: { from: 0, to: 3 } },
  };
  const back = read(graph, write(graph, state));
  assert.deepEqual({ ...START, ...back }, state);
  assert.equal(write(graph, START), "");
  assert.deepEqual(read(graph, "#d=d&at=1-4&view=text").selection, { document: 0, span: [1, 4] });
  assert.deepEqual(read(graph, "#junk&=&e=%").selection, null);
});

test("decisions are keyed by the statement and kept in order", () => {
  const graph = chain();
  const kept = new Map();
  const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
  const decisions = new Decisions({ graph, t: (k) => k }, storage);
  decisions.decide(graph.statements[2], "wrong", "理由");
  decisions.decide(graph.statements[0], "right");
  decisions.decide(graph.statements[0], null);
  decisions.undo();
  const file = JSON.parse(decisions.file());
  assert.deepEqual(file.decisions.map((d) => [d.statement, d.verdict]), [["b:statement/0-1", "right"], ["b:statement/2-3", "wrong"]]);
  const other = new Decisions({ graph, t: (k) => k }, storage);
  assert.equal(other.count(), 2);
  assert.equal(other.of(graph.statements[2]).reason, "理由");
  assert.equal(other.load(decisions.file()), 2);
  other.undo();
  assert.equal(other.count(), 2);
});

test("another reviewer's file is set beside one's own: disagreement and kappa", () => {
  const graph = chain();
  const make = (name, verdicts) => {
    const decisions = new Decisions({ graph, t: (k) => k });
    decisions.sign(name);
    verdicts.forEach((verdict, i) => verdict && decisions.decide(graph.statements[i], verdict));
    return decisions;
  };
  const mine = make("甲", ["right", "wrong", "right"]);
  assert.equal(mine.load(make("乙", ["right", "right", "right"]).file()), 3);
  assert.deepEqual(graph.statements.map((s) => mine.disputed(s)), [false, true, false]);
  assert.deepEqual(mine.agreement("乙"), { both: 3, same: 2, kappa: 0 });
  assert.equal(mine.of(graph.statements[1]).verdict, "wrong");
  const shown = visible(graph, { ...NO_FILTER, review: "split" }, mine);
  assert.deepEqual([...shown.statements], [0, 1, 0]);
  const fresh = new Decisions({ graph, t: (k) => k });
  fresh.load(mine.file());
  assert.deepEqual([fresh.reviewer, fresh.count()], ["甲", 3]);
});

test("entities are renamed, and two are the same or not, never both", () => {
  const graph = chain();
  const decisions = new Decisions({ graph, t: (k) => k });
  const [first, second] = graph.entities;
  decisions.decideEntity(first, "rename", "甲院", "");
  decisions.decideEntity(first, "sameAs", second.iri, second.name);
  decisions.decideEntity(first, "notSameAs", second.iri, second.name);
  assert.deepEqual(decisions.ofEntity(first).map((d) => [d.kind, d.value]), [["rename", "甲院"], ["notSameAs", second.iri]]);
  decisions.takeBack(decisions.ofEntity(first)[0]);
  decisions.undo();
  assert.equal(decisions.ofEntity(first).length, 2);
});

test("a name with quotes and controls is a Turtle literal", () => {
  const graph = chain();
  graph.entities[4].name = 'a"b\\c\nd\u0007';
  assert.match(turtle(graph, [graph.entities[4]], []), /skos:prefLabel "a\\"b\\\\c\\nd\ufffd"@zh/);
});

test("both languages say the same things", () => {
  assert.deepEqual(Object.keys(STRINGS.zh), Object.keys(STRINGS.en));
  for (const words of Object.values(STRINGS)) for (const text of Object.values(words)) assert.ok(text);
});

const fact = (subject, object, predicate = "date") => ({
  iri: `b:statement/${subject}-${JSON.stringify(object)}`, subject, predicate, object, planned: false, confidence: 0.9,
  evidence: [{ document: 0, span: [0, 4], marks: [], rule: "r", confidence: 0.9, planned: false, role: "" }],
});

test("the timeline holds own dates and those of linked entities, in order", () => {
  const graph = chain();
  const add = (...given) => graph.addStatement(fact(...given));
  add(1, { date: "2024-07" });
  add(0, { date: "2023" });
  add(3, { date: "2020" });
  add(0, { observation: { iri: "b:o", label: "产值", value: "1", unit: "元", time: "2025", bound: "", baseline: null } }, "observation");
  const told = events(graph, graph.entities[0]).map(({ when, through }) => [when, through?.index]);
  assert.deepEqual(told, [["2023", undefined], ["2024-07", 0], ["2025", undefined]]);
});

test("a statement in pieces knows which words are entities", () => {
  const graph = chain();
  assert.deepEqual(graph.phrase(graph.statements[0], "zh"), [{ text: "甲研究院", entity: 0 }, { text: "隶属于" }, { text: "乙研究院", entity: 1 }]);
});

test("communities come from the picture's nodes, hide their members and stand in the address", () => {
  const { data } = chain();
  data.network = { nodes: [0, 1, 2, 3].map((id) => ({ id, community: id < 2 ? 1 : 0 })) };
  const graph = new Graph(structuredClone({ ...data, entities: chain().data.entities.map(({ iri, cls, name, scope, aliases, planned }) => ({ iri, cls, name, scope, aliases, planned })), statements: [relation(0, 1), relation(2, 1), relation(2, 3)] }));
  assert.deepEqual([...graph.communities].map(([key, members]) => [key, members.map((e) => e.index)]), [["0", [2, 3]], ["1", [1, 0]]]);
  const filter = { ...NO_FILTER, communities: ["0"] };
  assert.deepEqual([...visible(graph, filter).entities], [1, 1, 0, 0, 1]);
  const state = { ...START, colour: "community", filter };
  assert.deepEqual({ ...START, ...read(graph, write(graph, state)) }, state);
  assert.deepEqual(read(graph, "#apart=7,x").filter.communities, []);
  assert.equal(tint("1", true), tint("9", true));
  assert.notEqual(tint("1", true), tint("1", false));
  assert.equal(tint(undefined, false), "");
});

test("an address keeps where one looked, the order of the table and what was opened", () => {
  const graph = chain();
  const state = { ...START, sort: "-subject", camera: { x: -12, y: 40, scale: 0.75 }, opened: [2, 0] };
  assert.deepEqual({ ...START, ...read(graph, write(graph, state)) }, state);
  for (const bad of ["#xy=1,2", "#xy=1,2,0", "#xy=a,b,c", "#sort=<b>"]) assert.deepEqual({ ...START, ...read(graph, bad) }, START);
  assert.deepEqual(wanted("#near=b:x&path=b:y%0Ab:z&open=b:x"), ["b:x", "b:y", "b:z"]);
});

test("a citation quotes each sentence once", () => {
  const graph = chain();
  const app = { graph, lang: "zh", t: (key) => key };
  assert.equal(citation(app, graph.statements), "“😀甲属乙”（d，2024-05，characters 0–4）");
});

test("spots are apart, near what they belong to and the same every time", () => {
  const make = () => {
    const spots = new Spots([{ x: 0, y: 0 }, { x: 100, y: 0 }]);
    return Array.from({ length: 300 }, () => spots.near({ x: 0, y: 0 }));
  };
  const found = make();
  assert.deepEqual(found, make());
  const all = [{ x: 0, y: 0 }, { x: 100, y: 0 }, ...found];
  all.forEach((a, i) => all.slice(0, i).forEach((b) => assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 60)));
  assert.ok(Math.max(...found.map(({ x, y }) => Math.hypot(x, y))) < 1500);
});
