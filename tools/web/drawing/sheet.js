// What a picture is drawn on: its width, the reader's language, and the words of the picture's table.
import { plain } from "./names.js";

export function sheetOf(width, page) {
  return { width, language: page.language, words: page.words, narrow: width < 560 };
}

/// The table of a picture as records: column name to value, and `row`, where the record stands in the table.
export function recordsOf(picture) {
  const names = picture.columns.map((column) => column.name);
  return picture.rows.map((values, row) => {
    const record = { row };
    names.forEach((name, at) => {
      record[name] = values[at];
    });
    return record;
  });
}

export function columnOf(picture, name) {
  return picture.columns.find((column) => column.name === name);
}

export function hasColumn(picture, name) {
  return columnOf(picture, name) !== undefined;
}

export function holds(picture, name) {
  return columnOf(picture, name)?.holds ?? "number";
}

/// What the picture calls a column or an axis: its label if it has one, else the column's with its unit.
export function wordsFor(picture, name, column = name) {
  const label = picture.labels?.[name];
  if (label) return plain(label);
  const found = columnOf(picture, column);
  if (!found) return "";
  return plain(found.unit && found.holds !== "share" ? `${found.label} (${found.unit})` : found.label);
}

/// What a legend calls a column: its label alone, for the axis has the unit.
export function nameOf(picture, column) {
  return plain(columnOf(picture, column)?.label ?? "");
}

/// What a legend calls the span between two columns, unless the picture has a word for it.
export function spanOf(picture, label, from, to) {
  return plain(picture.labels?.[label] ?? `${nameOf(picture, from)} – ${nameOf(picture, to)}`);
}

/// Values in the order in which they come first.
export function distinct(records, name) {
  return [...new Set(records.map((record) => record[name]))];
}

export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}
