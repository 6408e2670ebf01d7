// Lets a reader take a picture along: its table as CSV, its drawing as an SVG that stands alone.
import { lightColours } from "./drawing/colours.js";

/// A text that a spreadsheet would run as a formula gets an apostrophe in front.
function harmless(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function cell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? harmless(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/// All rows, under the columns' names, as RFC 4180 has it.
export function csvOf(picture) {
  const lines = [picture.columns.map((column) => column.name), ...picture.rows];
  return lines.map((line) => line.map(cell).join(",") + "\r\n").join("");
}

/// The drawing with nothing left to a page: colours as values, on white.
export function svgOf(drawing) {
  const copy = drawing.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("style", "background:#ffffff;color:#000000;font-family:system-ui,sans-serif;font-size:12px");
  const text = new XMLSerializer().serializeToString(copy);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    text.replaceAll(/var\(--picture-([a-z]+)\)/g, (_, name) => lightColours[name])
  );
}

function save(content, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser still reads it after the click
}

function button(words, kind, whenPressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.saves = kind;
  made.textContent = words;
  made.addEventListener("click", whenPressed);
  return made;
}

/// Puts the two buttons below the picture and shows them.
export function offerFiles(place, picture, page) {
  const corner = place.closest("figure")?.querySelector(".save");
  if (!corner) return;
  corner.replaceChildren(
    button(page.words.csv, "csv", () => save(csvOf(picture), "text/csv;charset=utf-8", `${picture.id}.csv`)),
    button(page.words.svg, "svg", () => {
      const drawing = place.querySelector("svg");
      if (drawing) save(svgOf(drawing), "image/svg+xml", `${picture.id}.svg`);
    }),
  );
  corner.hidden = false;
}
