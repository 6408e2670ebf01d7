// How numbers are written beside marks and axes, in the reader's language.
import { ticks as niceTicks } from "d3-array";
import { widthOf } from "./names.js";

function writer(language, options) {
  return new Intl.NumberFormat(language, options);
}

/// A number beside a mark: three digits and a word for thousands; shares in percent.
export function written(value, sheet, holds = "number") {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (holds === "month") return writer(sheet.language, { maximumFractionDigits: 0 }).format(value);
  if (holds === "share") return writer(sheet.language, { style: "percent", maximumFractionDigits: 1 }).format(value);
  const sign = holds === "change" ? "exceptZero" : "auto";
  return writer(sheet.language, { notation: "compact", maximumSignificantDigits: 3, signDisplay: sign }).format(value);
}

/// Writes all ticks of an axis alike, with as many digits as their distance asks for.
function tickWriter(ticks, sheet, holds) {
  const most = Math.max(...ticks.map(Math.abs), 1e-300);
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : most;
  const digits = Math.min(15, Math.max(1, Math.ceil(Math.log10(most / step) + 1e-9) + 2));
  const options =
    holds === "share"
      ? { style: "percent", maximumSignificantDigits: digits }
      : holds === "month"
        ? { maximumFractionDigits: 0 }
        : { notation: "compact", maximumSignificantDigits: digits };
  const format = writer(sheet.language, options);
  return (value) => format.format(value);
}

/// The least and the greatest of all numbers in `values`; what is missing does not count.
export function extent(values) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least <= most ? [least, most] : [0, 0];
}

/// The extent with some room around; a side that ends at zero stays there.
function roomy([least, most]) {
  if (least === most) return least === 0 ? [-1, 1] : [least - Math.abs(least) / 10, least + Math.abs(least) / 10];
  const room = (most - least) * 0.04;
  return [least === 0 ? 0 : least - room, most === 0 ? 0 : most + room];
}

/// A horizontal axis of `pixels` for the values: {domain, ticks, write}; no two of its labels touch.
export function acrossAxis(values, pixels, sheet, { holds = "number", exact = false } = {}) {
  const domain = exact ? extent(values) : roomy(extent(values));
  for (let count = Math.max(2, Math.floor(pixels / 60)); ; --count) {
    const ticks = niceTicks(domain[0], domain[1], count);
    const write = tickWriter(ticks, sheet, holds);
    const room = ticks.length > 1 ? (pixels * (ticks[1] - ticks[0])) / (domain[1] - domain[0]) : pixels;
    if (count <= 1 || ticks.every((tick) => widthOf(write(tick)) + 10 < room)) return { domain, ticks, write };
  }
}

/// The months of a course: labels at years and their parts.
export function monthAxis(values, pixels, sheet) {
  const domain = extent(values);
  if (domain[0] === domain[1]) domain[1] = domain[0] + 1;
  const write = (value) => written(value, sheet, "month");
  const room = widthOf(write(domain[1])) + 12;
  const step =
    [1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600].find((months) => (pixels * months) / (domain[1] - domain[0]) >= room) ??
    1200;
  const ticks = [];
  for (let month = Math.ceil(domain[0] / step) * step; month <= domain[1]; month += step) ticks.push(month);
  return { domain, ticks, write };
}

/// A vertical axis for the values: {domain, ticks, write, width of its labels}.
export function upAxis(values, pixels, sheet, { holds = "number", exact = false } = {}) {
  const domain = exact ? extent(values) : roomy(extent(values));
  const ticks = niceTicks(domain[0], domain[1], Math.max(2, Math.floor(pixels / 36)));
  const write = tickWriter(ticks, sheet, holds);
  return { domain, ticks, write, width: Math.max(...ticks.map((tick) => widthOf(write(tick)))) };
}
