// How the page of a report looks: in light and dark, on a phone, on paper.
import { html } from './html.ts'

export const PAGE_STYLE = html`
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1b2128; --soft: #59636f; --rule: #d9dee4; --grid: #e6e9ed;
  --good: #11703c; --bad: #b3201f; --bad-card: #fdeceb; --good-card: #e9f6ee;
  --c0: #0969c3; --c1: #c8570b; --c2: #187a4b; --c3: #8a3fb0; --c4: #a8801a; --c5: #b22a63; --ceiling: #9aa4b0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --card: #1a2027; --text: #e4e9ef; --soft: #9aa6b3; --rule: #313a44; --grid: #272f38;
    --good: #58c98a; --bad: #ff8a80; --bad-card: #3a1d1d; --good-card: #16301f;
    --c0: #5aaeff; --c1: #ff9d4d; --c2: #4ecb8d; --c3: #cf8df2; --c4: #e3bd4e; --c5: #ff7fae; --ceiling: #6d7986;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; line-height: 1.3; margin: 0 0 4px; }
h3 { font-size: 14px; margin: 0 0 6px; color: var(--soft); font-weight: 600; }
p { margin: 0 0 10px; }
a { color: var(--c0); }
code { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 18px 20px; margin-top: 18px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 18px; margin: 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.banner { border-radius: 10px; padding: 10px 16px; margin: 14px 0 0; font-weight: 600; }
.banner.good { background: var(--good-card); color: var(--good); }
.banner.bad { background: var(--bad-card); color: var(--bad); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.fault { border-left: 4px solid var(--bad); background: var(--bad-card); padding: 10px 14px; margin: 12px 0 0; border-radius: 0 6px 6px 0; }
.fault ul { margin: 6px 0 0; padding-left: 20px; }
.wide { overflow-x: auto; margin-top: 10px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 5px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
th.text, td.text { text-align: left; }
td.words { white-space: normal; min-width: 180px; }
tbody tr:last-child > * { border-bottom: 0; }
tbody th { vertical-align: baseline; font-weight: 600; color: inherit; text-align: left; }
tr.next > * { border-top: 2px solid var(--rule); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 18px 24px; margin-top: 16px; }
.plots > div { min-width: 0; }
.plot { display: block; width: 100%; max-width: 520px; height: auto; }
.plot text { font-size: 13px; fill: var(--soft); font-family: inherit; font-variant-numeric: tabular-nums; }
.plot .end { text-anchor: end; }
.plot .middle { text-anchor: middle; }
.grid { stroke: var(--grid); stroke-width: 1; }
.base { stroke: var(--soft); stroke-width: 1; }
.line { fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.dashed { stroke-dasharray: 7 5; }
.faint .line { stroke-width: 1.1; opacity: 0.4; }
.mark { fill: currentColor; stroke: var(--card); stroke-width: 1; }
.c0 { color: var(--c0); } .c1 { color: var(--c1); } .c2 { color: var(--c2); } .c3 { color: var(--c3); } .c4 { color: var(--c4); } .c5 { color: var(--c5); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 0; list-style: none; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 7px; }
.key { width: 24px; height: 16px; flex: none; }
.bars { display: grid; grid-template-columns: max-content minmax(120px, 1fr) max-content; grid-auto-flow: dense; gap: 6px 14px; align-items: center; margin-top: 14px; font-size: 14px; font-variant-numeric: tabular-nums; }
.bars .name { grid-column: 1; }
.bars .value { grid-column: 3; }
.track { grid-column: 2; position: relative; height: 20px; background: var(--grid); border-radius: 3px; }
.bar { height: 100%; border-radius: 3px; }
.b0 { background: var(--c0); } .b1 { background: var(--c1); } .b2 { background: var(--c2); } .b3 { background: var(--c3); } .b4 { background: var(--c4); } .b5 { background: var(--c5); }
.ceiling { background: repeating-linear-gradient(135deg, var(--ceiling) 0 3px, transparent 3px 7px); border: 1px solid var(--ceiling); }
.track i { position: absolute; top: 2px; bottom: 2px; width: 2px; margin-left: -1px; background: var(--text); opacity: 0.75; }
.value span { color: var(--soft); }
p.verdict { margin: 6px 0 0; }
.wide + p { margin-top: 14px; }
details { margin-top: 12px; }
summary { cursor: pointer; color: var(--soft); }
@media (max-width: 640px) {
  main { padding: 16px 10px 40px; }
  section { padding: 14px 12px; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
  th, td { padding: 5px 7px; }
  tbody th, td.text { white-space: normal; }
  td.words { min-width: 110px; }
  .plot text { font-size: 15px; }
  .bars { grid-template-columns: 1fr auto; gap: 2px 10px; }
  .bars .value { grid-column: 2; text-align: right; }
  .bars .track { grid-column: 1 / -1; margin-bottom: 10px; }
  .value span { display: block; }
}
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { background: none; }
  main { max-width: none; padding: 0; }
  section { border: 0; padding: 12px 0; break-inside: auto; }
  .plots > div, .bars, tr { break-inside: avoid; }
  .wide { overflow: visible; }
}
`
