// Small multiples: one picture a name side by side, all on the same scales.
import { axisX, axisY, gridX, gridY, text } from "@observablehq/plot";
import { cut, plain } from "./names.js";

const gap_across = 22;
const gap_down = 34;

/// How many side by side, and where each stands: {cells, panel, height, scales}.
export function facetsFor(sheet, names, { left, right = 14, least = 250, height = 160 }) {
  const room = sheet.width - left - right;
  const across = Math.max(1, Math.min(names.length, Math.floor((room + gap_across) / (least + gap_across))));
  const down = Math.ceil(names.length / across);
  const panel = (room - (across - 1) * gap_across) / across;
  const cells = new Map(
    names.map((name, at) => [name, { name: plain(name), fx: at % across, fy: Math.floor(at / across) }]),
  );
  const padding = (gap, size) => ({ axis: null, paddingInner: gap / (size + gap), paddingOuter: 0, round: false });
  return {
    cells,
    panel,
    margins: { left, right, top: 24, bottom: 22 },
    height: down * height + (down - 1) * gap_down,
    scales: { fx: padding(gap_across, panel), fy: padding(gap_down, height) },
    at: { fx: (record) => cells.get(record.facet).fx, fy: (record) => cells.get(record.facet).fy },
  };
}

/// Titles, axes and lines of all panels.
export function facetMarks(facets, x, y, { titles = true } = {}) {
  const cells = [...facets.cells.values()];
  return [
    gridX(x.ticks, { stroke: "currentColor", strokeOpacity: 0.1 }),
    gridY(y.ticks, { stroke: "currentColor", strokeOpacity: 0.1 }),
    axisX(x.ticks, { tickFormat: x.write, label: null, tickSize: 3, tickPadding: 3, facetAnchor: "bottom-empty" }),
    axisY(y.ticks, { tickFormat: y.write, label: null, tickSize: 0, tickPadding: 6, facetAnchor: "left" }),
    ...(titles
      ? [
          text(cells, {
            fx: "fx",
            fy: "fy",
            text: (cell) => cut(cell.name, facets.panel, true),
            title: "name",
            frameAnchor: "top-left",
            lineAnchor: "bottom",
            dy: -6,
            fontWeight: 600,
          }),
        ]
      : []),
  ];
}
