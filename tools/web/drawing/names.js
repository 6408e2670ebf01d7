// Names of any length and script as they fit into a picture.
const font = "12px system-ui, sans-serif";
const pen = document.createElement("canvas").getContext("2d");
const letters = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/// One line without what a picture cannot show: control characters, and those that turn the direction of what follows.
export function plain(text) {
  return String(text ?? "")
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

export function widthOf(text, bold = false) {
  pen.font = bold ? `600 ${font}` : font;
  return pen.measureText(text).width;
}

/// As much of the text as fits, with an ellipsis where something is missing.
export function cut(text, width, bold = false) {
  const whole = plain(text);
  if (widthOf(whole, bold) <= width) return whole;
  const parts = letters ? Array.from(letters.segment(whole), (part) => part.segment) : Array.from(whole);
  let fits = 0;
  let least = 0;
  let most = parts.length;
  while (least <= most) {
    const middle = (least + most) >> 1;
    if (widthOf(parts.slice(0, middle).join("").trimEnd() + "…", bold) <= width) {
      fits = middle;
      least = middle + 1;
    } else {
      most = middle - 1;
    }
  }
  return parts.slice(0, fits).join("").trimEnd() + "…";
}

/// The text in lines that fit, broken between words; the last one is cut.
export function wrapped(text, width, lines) {
  const made = [""];
  for (const word of plain(text).split(" ")) {
    const last = made.length - 1;
    const longer = made[last] ? `${made[last]} ${word}` : word;
    if (!made[last] || widthOf(longer) <= width || made.length === lines) made[last] = longer;
    else made.push(word);
  }
  return made.map((line) => cut(line, width));
}

/// The widest of the texts, or 0.
export function widest(texts, bold = false) {
  return texts.reduce((most, text) => Math.max(most, widthOf(plain(text), bold)), 0);
}
