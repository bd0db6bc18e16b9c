// The colours of communities: eight that stand out from the canvas by 3:1 and that any eye tells apart (found by
// search, and tested as those of the classes are); further communities share them.

const LIGHT = ["#144667", "#ce7a27", "#1d9a8e", "#9531d8", "#8f663d", "#7089c2", "#561e10", "#341778"];
const DARK = ["#a1d6ed", "#d6a229", "#46a463", "#9e77c5", "#c52626", "#295dd6", "#a44675", "#f4eac3"];

/** The colour of a community, given by its number as text; that of an entity in none is "". */
export function tint(community, dark) {
  if (community === undefined) return "";
  const palette = dark ? DARK : LIGHT;
  return palette[Number(community) % palette.length];
}
