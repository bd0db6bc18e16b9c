// Text and figures: offsets, highlighted pieces, numbers and dates in words. No DOM here.

/** A function from offsets in code points (Python's count) to offsets in UTF-16 (JavaScript's). */
export function offsetsOf(text) {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (at) => at;
  const wide = []; // code-point positions of the characters that take two units
  let point = 0;
  for (const character of text) {
    if (character.length === 2) wide.push(point);
    point += 1;
  }
  return (at) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  };
}

/** Cut start..end at the marks: [{ text, mark }], overlapping marks joined; all in UTF-16. */
export function pieces(text, start, end, marks) {
  const result = [];
  let at = start;
  const inside = marks
    .map(([a, b]) => [Math.max(a, start), Math.min(b, end)])
    .filter(([a, b]) => a < b)
    .sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const add = (to, mark) => {
    if (at >= to) return;
    const last = result[result.length - 1];
    if (last && last.mark && mark) last.text += text.slice(at, to);
    else result.push({ text: text.slice(at, to), mark });
    at = to;
  };
  for (const [a, b] of inside) {
    add(a, false);
    add(b, true);
  }
  add(end, false);
  return result;
}

/** The matching form of a name: half-width, lower case, without marks and white space. */
export function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s"'“”‘’《》〈〉「」『』()（）·・\-—_]/gu, "");
}

/** Move the decimal point of a decimal text to the left; exact, no doubles. */
export function shift(decimal, places) {
  const sign = decimal.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = decimal.replace("-", "").split(".");
  const digits = whole.padStart(places + 1, "0");
  const cut = digits.length - places;
  const rest = (digits.slice(cut) + fraction).replace(/0+$/, "");
  const head = digits.slice(0, cut).replace(/^0+(?=\d)/, "");
  return sign + head + (rest ? "." + rest : "");
}

const group = (decimal) => decimal.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

const SCALES = {
  zh: [[12, "万亿"], [8, "亿"], [4, "万"]],
  en: [[12, " trillion"], [9, " billion"], [6, " million"]],
};

/** A decimal text in the words of the language: 169000 → 16.9万. */
export function figure(decimal, lang) {
  const size = decimal.replace("-", "").split(".")[0].replace(/^0+/, "").length;
  for (const [places, word] of SCALES[lang]) {
    if (size > places) return group(shift(decimal, places)) + word;
  }
  return group(shift(decimal, 0));
}

/** An amount in CNY: 6000000000 → 60亿元. */
export function amount(decimal, lang) {
  return lang === "zh" ? figure(decimal, "zh") + "元" : "CNY " + figure(decimal, "en");
}

/** An ISO date or period in words: 2024-07 → 2024年7月, 2023/2027 → 2023年至2027年. */
export function date(iso, lang) {
  if (iso.includes("/")) {
    const [start, end] = iso.split("/");
    return date(start, lang) + (lang === "zh" ? "至" : " to ") + date(end, lang);
  }
  if (lang !== "zh") return iso;
  const [year, month, day] = iso.split("-");
  return `${year}年` + (month ? `${Number(month)}月` : "") + (day ? `${Number(day)}日` : "");
}

const BOUNDS = {
  zh: { over: "超", nearly: "近", about: "约", atLeast: "不少于", atMost: "不超过" },
  en: { over: "over ", nearly: "nearly ", about: "about ", atLeast: "at least ", atMost: "at most " },
};

/** The figure of an observation without its label: 超16.9万个. */
export function measure(observation, lang) {
  const bound = BOUNDS[lang][observation.bound] ?? "";
  const gap = lang === "en" && observation.unit !== "%" ? " " : "";
  const unit = observation.unit ? gap + observation.unit : "";
  return bound + figure(observation.value, lang) + unit;
}

/** The whole observation: 5G基站：16.9万个（2024年；此前12.5万个，2023年）. */
export function observation(value, lang) {
  const when = value.time ? date(value.time, lang) : "";
  const before = value.baseline
    ? (lang === "zh" ? "此前" : "before: ") +
      measure(value.baseline, lang) +
      (value.baseline.time ? (lang === "zh" ? "，" : ", ") + date(value.baseline.time, lang) : "")
    : "";
  const notes = [when, before].filter(Boolean).join(lang === "zh" ? "；" : "; ");
  const colon = lang === "zh" ? "：" : ": ";
  const brackets = lang === "zh" ? ["（", "）"] : [" (", ")"];
  return value.label + colon + measure(value, lang) + (notes ? brackets[0] + notes + brackets[1] : "");
}

/** Percent-decoded; text that is no such code stays. */
export function decode(text) {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return text; // a stray % in a hand-written address
  }
}
