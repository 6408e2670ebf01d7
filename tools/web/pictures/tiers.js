// How many customers stand in which tier, month by month.
import { areaY } from "@observablehq/plot";
import { colour, hatching } from "../drawing/colours.js";
import { facetMarks, facetsFor } from "../drawing/facets.js";
import { framed, marked } from "../drawing/frame.js";
import { monthAxis, upAxis } from "../drawing/numbers.js";
import { distinct, isNumber, recordsOf, wordsFor } from "../drawing/sheet.js";

const height = 190;

/// Piles the tiers of a month up, the first at the bottom: each record gets `from` and `to`.
function piled(records, tiers) {
  const tops = new Map();
  const order = new Map(tiers.map((tier, at) => [tier, at]));
  return [...records]
    .sort((a, b) => order.get(a.tier) - order.get(b.tier))
    .map((one) => {
      const pile = `${one.month} ${one.policy}`;
      const from = tops.get(pile) ?? 0;
      const to = from + (isNumber(one.customers) ? one.customers : 0);
      tops.set(pile, to);
      return { ...one, facet: one.policy, from, to };
    });
}

export function tiers(picture, sheet) {
  const names = distinct(recordsOf(picture), "tier");
  const records = piled(recordsOf(picture), names);
  const fillings = new Map(names.map((name, at) => [name, hatching(at)]));
  const y = upAxis([0, ...records.map((one) => one.to)], height, sheet, { holds: "count" });
  const facets = facetsFor(sheet, distinct(records, "policy"), { left: y.width + 12, height });
  const x = monthAxis(
    records.map((one) => one.month),
    facets.panel,
    sheet,
  );
  const areas = names.map((name) => {
    const own = records.filter((one) => one.tier === name);
    return areaY(own, {
      ...facets.at,
      x: "month",
      y1: "from",
      y2: "to",
      z: "policy",
      fill: fillings.get(name).fill,
      stroke: colour.paper,
      strokeWidth: 1,
      ...marked("tier", own),
    });
  });
  return framed(sheet, picture, {
    height: facets.height,
    margins: facets.margins,
    ...facets.scales,
    legend: names.map((name) => ({ shape: "area", colour: fillings.get(name).fill, text: name })),
    definitions: [...fillings.values()].map((one) => one.definition),
    across: wordsFor(picture, "month"),
    up: wordsFor(picture, "y", "customers"),
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [...facetMarks(facets, x, y), ...areas],
  });
}
