// The difference to the baseline month by month: the middle of all futures, half of them, nine tenths of them.
import { areaY, line, ruleX, ruleY } from "@observablehq/plot";
import { colour } from "../drawing/colours.js";
import { facetMarks, facetsFor } from "../drawing/facets.js";
import { framed, marked } from "../drawing/frame.js";
import { monthAxis, upAxis } from "../drawing/numbers.js";
import { distinct, hasColumn, holds, nameOf, recordsOf, spanOf, wordsFor } from "../drawing/sheet.js";

const height = 170;

/// One panel a policy, or a policy in a scenario where there are several.
function withFacets(picture) {
  const records = recordsOf(picture);
  const several = hasColumn(picture, "scenario") && distinct(records, "scenario").length > 1;
  return records.map((one) => ({ ...one, facet: several ? `${one.policy} · ${one.scenario}` : one.policy }));
}

function legendOf(picture) {
  return [
    { shape: "line", thick: 2, colour: colour.blue, text: nameOf(picture, "middle") },
    { shape: "area", colour: colour.blue, opacity: 0.45, text: spanOf(picture, "half", "quarter_low", "quarter_high") },
    { shape: "area", colour: colour.blue, opacity: 0.18, text: spanOf(picture, "most", "low", "high") },
  ];
}

function bands(records, at) {
  const band = (from, to, mark, fillOpacity) =>
    areaY(records, {
      ...at,
      x: "month",
      y1: from,
      y2: to,
      z: "facet",
      fill: colour.blue,
      fillOpacity,
      ...marked(mark, records),
    });
  return [
    band("low", "high", "band", 0.18),
    band("quarter_low", "quarter_high", "half", 0.3),
    line(records, {
      ...at,
      x: "month",
      y: "middle",
      z: "facet",
      stroke: colour.blue,
      strokeWidth: 2,
      ...marked("middle", records),
    }),
  ];
}

export function course(picture, sheet) {
  const records = withFacets(picture);
  const kind = holds(picture, "middle");
  const y = upAxis([0, ...records.flatMap((one) => [one.low, one.high, one.middle])], height, sheet, { holds: kind });
  const facets = facetsFor(sheet, distinct(records, "facet"), { left: y.width + 12, height });
  const x = monthAxis(
    records.map((one) => one.month),
    facets.panel,
    sheet,
  );
  const horizon = Number.parseFloat(picture.labels?.horizon ?? "");
  const shown = horizon >= x.domain[0] && horizon <= x.domain[1];
  const legend = legendOf(picture);
  if (shown && picture.labels.horizon_name) {
    legend.push({
      shape: "line",
      thick: 1.5,
      dashes: "5 4",
      colour: "currentColor",
      text: picture.labels.horizon_name,
    });
  }
  return framed(sheet, picture, {
    height: facets.height,
    margins: facets.margins,
    legend,
    ...facets.scales,
    across: wordsFor(picture, "month"),
    up: wordsFor(picture, "y", "middle"),
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [
      ...facetMarks(facets, x, y),
      ...bands(records, facets.at),
      ruleY([0], { stroke: "currentColor", strokeOpacity: 0.7 }),
      ...(shown ? [ruleX([horizon], { stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: "5 4" })] : []),
    ],
  });
}
