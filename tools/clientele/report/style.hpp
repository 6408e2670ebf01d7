// How a page looks: light and dark, on a telephone, on a screen and on paper.
#pragma once
#include <string_view>

namespace clientele::tools {

inline constexpr std::string_view page_style = R"css(
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1e23;--soft:#5a616b;--line:#d5d9df;--tint:#f4f6f9;--mark:#0b5cad;
--warn:#8a4b00;--warnpaper:#fff6e5}
@media (prefers-color-scheme:dark){:root{--paper:#15181d;--ink:#e9ecf0;--soft:#a3abb6;--line:#363c45;--tint:#1d2128;
--mark:#7ab8f5;--warn:#ffc970;--warnpaper:#2d2413}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
overflow-wrap:anywhere}
main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2.5rem 0 .75rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:0 0 .25rem}
p{margin:.4rem 0}
.question{color:var(--soft);font-size:1.05rem}
.answer p:first-child{font-size:1.2rem;line-height:1.45;font-weight:600}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem;margin:1rem 0}
.numbers div{background:var(--tint);border-radius:.5rem;padding:.9rem 1rem}
.numbers .value{font-size:1.7rem;font-weight:650;line-height:1.2;display:block;font-variant-numeric:tabular-nums}
.numbers .name{display:block;color:var(--soft);font-size:.9rem}
.numbers .range{display:block;font-size:.9rem}
.warning{background:var(--warnpaper);color:var(--warn);padding:.5rem .8rem;border-radius:.4rem;margin:.4rem 0}
nav ul{columns:17rem;column-gap:2.5rem;padding-left:1.1rem;margin:.3rem 0}
a{color:var(--mark)}
figure{margin:2rem 0;break-inside:avoid}
figure .sentence{font-size:1.02rem;margin:.1rem 0 .6rem}
figcaption{color:var(--soft);font-size:.88rem;margin:.4rem 0}
.drawing{min-height:1px}
.drawing svg{display:block;max-width:100%;height:auto;overflow:visible}
.save button{font:inherit;font-size:.82rem;background:none;color:var(--mark);border:1px solid var(--line);
border-radius:.3rem;padding:.15rem .6rem;margin:.2rem .5rem .2rem 0;cursor:pointer}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--mark);font-size:.9rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.86rem;margin:.5rem 0;width:100%;font-variant-numeric:tabular-nums;
overflow-wrap:normal}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600}
td.n,th.n{text-align:right}
td:not(.n){overflow-wrap:anywhere;min-width:5rem}
.fields td:first-child{white-space:nowrap}
.fields table{min-width:56rem}
pre{background:var(--tint);padding:.8rem;border-radius:.4rem;overflow-x:auto;font:12.5px/1.5 ui-monospace,
SFMono-Regular,Consolas,"Liberation Mono",monospace;overflow-wrap:normal}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.2rem 1rem;margin:.4rem 0}
dt{color:var(--soft)}
dd{margin:0}
footer{color:var(--soft);font-size:.85rem;padding-bottom:3rem}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--tint:#f6f6f6;--mark:#000;--warn:#000;
--warnpaper:#fff;color-scheme:light}
body{font-size:10.5pt}
main,header,footer{max-width:none;padding:0}
nav,.save,summary{display:none}
h2,h3{break-after:avoid}
tr,.numbers div{break-inside:avoid}
thead{display:table-header-group}
.wide{overflow:visible}
pre{white-space:pre-wrap}
.fields table{min-width:0;font-size:7.5pt}
.fields td:nth-child(4),.fields td:nth-child(6){min-width:8rem}
.numbers{grid-template-columns:repeat(3,1fr)}
.numbers .value{font-size:1.3rem}
@page{margin:16mm 14mm}}
)css";

}  // namespace clientele::tools
