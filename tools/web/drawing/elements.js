// Makes elements of SVG; text is text, whatever stands in it.
export function svg(name, attributes = {}, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/// A line of text, cut short already; `full` is what it was.
export function textAt(x, y, text, full, attributes = {}) {
  const element = svg("text", { x, y, fill: "currentColor", "text-anchor": "start", ...attributes }, [text]);
  if (full && full !== text) element.append(svg("title", {}, [full]));
  return element;
}
