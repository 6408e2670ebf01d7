// The difference to the baseline over the values of a number that a sweep asked for: its average and its interval.
import { areaY, line, ruleX, ruleY } from "@observablehq/plot";
import { colour } from "../drawing/colours.js";
import { facetMarks, facetsFor } from "../drawing/facets.js";
import { framed, marked } from "../drawing/frame.js";
import { acrossAxis, upAxis } from "../drawing/numbers.js";
import { distinct, holds, nameOf, recordsOf, spanOf, wordsFor } from "../drawing/sheet.js";

const height = 170;

export function curve(picture, sheet) {
  const records = recordsOf(picture);
  const kind = holds(picture, "mean");
  const y = upAxis([0, ...records.flatMap((one) => [one.low, one.high, one.mean])], height, sheet, { holds: kind });
  const facets = facetsFor(sheet, distinct(records, "policy"), { left: y.width + 12, height });
  const x = acrossAxis(
    records.map((one) => one.value),
    facets.panel,
    sheet,
  );
  const placed = records.map((one) => ({ ...one, facet: one.policy }));
  const here = Number.parseFloat(picture.labels?.here ?? "");
  const at = { ...facets.at, x: "value", z: "facet" };
  const legend = [
    { shape: "line", thick: 2, colour: colour.blue, text: nameOf(picture, "mean") },
    { shape: "area", colour: colour.blue, opacity: 0.18, text: spanOf(picture, "most", "low", "high") },
  ];
  const shown = here >= x.domain[0] && here <= x.domain[1];
  if (shown && picture.labels.here_name) {
    legend.push({ shape: "line", thick: 1.5, dashes: "5 4", colour: "currentColor", text: picture.labels.here_name });
  }
  return framed(sheet, picture, {
    height: facets.height,
    margins: facets.margins,
    legend,
    ...facets.scales,
    across: wordsFor(picture, "x", "value"),
    up: wordsFor(picture, "y", "mean"),
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [
      ...facetMarks(facets, x, y),
      areaY(placed, { ...at, y1: "low", y2: "high", fill: colour.blue, fillOpacity: 0.18, ...marked("band", placed) }),
      line(placed, { ...at, y: "mean", stroke: colour.blue, strokeWidth: 2, ...marked("middle", placed) }),
      ruleY([0], { stroke: "currentColor", strokeOpacity: 0.7 }),
      ...(shown ? [ruleX([here], { stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: "5 4" })] : []),
    ],
  });
}
