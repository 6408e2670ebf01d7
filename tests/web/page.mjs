// A page such as a report is, around invented pictures: places, data, the script and the policy that lets it run.
import { createHash } from "node:crypto";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function figure(picture) {
  return `<figure class="picture" id="picture-${picture.id}"><h3>${escaped(picture.title)}</h3>
<p class="sentence">In one sentence: ${escaped(picture.id)} is invented.</p>
<div class="drawing" data-picture="${picture.id}"></div><figcaption>How it reads.</figcaption>
<div class="save" hidden></div><details><summary>Numbers</summary><table></table></details></figure>`;
}

export function pageOf(pictures, script, language = "en") {
  const words = { csv: "Save as CSV", svg: "Save as SVG", low: "low" };
  const data = JSON.stringify({ language, words, pictures }).replaceAll("<", "\\u003c");
  const hash = createHash("sha256").update(script).digest("base64");
  const policy =
    `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; ` +
    "base-uri 'none'; form-action 'none'";
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>report</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}
figure{margin:0 0 2rem}@page{size:A4;margin:15mm}
@media print{:root{color-scheme:light}figure{break-inside:avoid}}</style>
</head><body><h1>Report</h1>
${pictures.map(figure).join("\n")}
<script type="application/json" id="pictures">${data}</script><script>${script}</script></body></html>`;
}
