#include "reports/html_assets.h"

namespace reports {

std::string_view style_sheet() {
  return R"css(
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --surface: #ffffff; --sunken: #f1f2f0; --text: #1c2024; --quiet: #59626b;
  --border: #d9dcdd;
  --link: #0b57a4; --focus: #0b57a4; --busy: #b9c6d6;
  --red: #b3261e; --red-back: #fdeeec; --amber: #855400; --amber-back: #fdf4e0; --green: #1b6e3f;
  --green-back: #e9f6ee; --violet: #6a3d9a; --violet-back: #f4eefa; --teal: #0b6470; --teal-back: #e6f4f6;
  --grey: #59626b; --grey-back: #eceeee;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #121518; --surface: #1a1e22; --sunken: #14181b; --text: #e3e6e8; --quiet: #9ba5ae;
    --border: #333a41;
    --link: #79b8ff; --focus: #79b8ff; --busy: #42546a;
    --red: #ff8f85; --red-back: #3a1f1d; --amber: #efbb57; --amber-back: #352b14; --green: #74d39c;
    --green-back: #173023; --violet: #c9a8f5; --violet-back: #2c213a; --teal: #6ccbd8; --teal-back: #12302f;
    --grey: #9ba5ae; --grey-back: #262b30;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1.5rem; max-width: 78rem; background: var(--page); color: var(--text);
  overflow-wrap: break-word;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
h1, h2, h3, h4, h5, p, ul, ol, dl, dd, pre { margin: 0; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1rem; }
h4 { font-size: .95rem; }
h5 { font-size: .85rem; color: var(--quiet); margin-top: .6rem; }
section { margin-top: 2rem; }
section > h2 { margin-bottom: .6rem; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .since, .place, .number, time { font-family: var(--mono); font-size: .87em; }
code, dd, td, .place, .left-out { overflow-wrap: anywhere; }
.quiet, time, .left-out { color: var(--quiet); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
:target { outline: 2px solid var(--focus); outline-offset: 1px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
button, input, select { font: inherit; color: var(--text); background: var(--surface);
  border: 1px solid var(--border); border-radius: 6px; padding: .2rem .6rem; }
button { cursor: pointer; }
button:hover { border-color: var(--quiet); }

.error, .violates { --ink: var(--red); --wash: var(--red-back); }
.deviates, .unclear { --ink: var(--amber); --wash: var(--amber-back); }
.blocked { --ink: var(--violet); --wash: var(--violet-back); }
.conforms { --ink: var(--green); --wash: var(--green-back); }
.refused { --ink: var(--teal); --wash: var(--teal-back); }
.not-applicable { --ink: var(--grey); --wash: var(--grey-back); }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 99px; background: var(--wash);
  color: var(--ink);
  font-size: .82rem; font-weight: 600; line-height: 1.5rem; white-space: nowrap; }

header { padding: 1.2rem 1.4rem; background: var(--surface); border: 1px solid var(--border);
  border-left: 6px solid var(--ink, var(--grey)); border-radius: 10px; }
.product { color: var(--quiet); font-size: .85rem; }
.tallies { display: flex; flex-wrap: wrap; gap: .4rem 2rem; list-style: none; padding: 0;
  margin-top: .8rem; }
.tally b { display: block; font-size: 1.3rem; line-height: 1.3; }
.tally.total { --ink: var(--quiet); }
.tally span { font-size: .85rem; color: var(--ink, var(--quiet)); }

.findings { padding: 0; list-style: none; background: var(--surface); border: 1px solid var(--border);
  border-radius: 10px; }
.findings li { padding: .5rem .9rem; }
.findings li + li { border-top: 1px solid var(--border); }
.findings p { color: var(--quiet); }
.findings a { font-family: var(--mono); font-size: .87em; }
.findings a code { font-size: inherit; }

.wide { overflow-x: auto; background: var(--surface); border: 1px solid var(--border);
  border-radius: 10px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .8rem; text-align: left; vertical-align: top; }
th { font-size: .8rem; color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody tr { border-top: 1px solid var(--border); }
td { min-width: 4.5rem; }
.number { text-align: right; white-space: nowrap; }
th.number { font-family: inherit; font-size: .8rem; }
table code { overflow-wrap: anywhere; }
.runs td:nth-child(2) { min-width: 18rem; }
.runs td:last-child { white-space: nowrap; }
.judgements td { font-size: .92em; }
.judgements td:nth-child(3), .judgements td:nth-child(4), .judgements td:nth-child(5) { min-width: 12rem; }
.judgements td:last-child, .timeline td:first-child { white-space: nowrap; }
.judgements td:last-child .since, .judgements td:last-child time { display: block; }
.timeline td { font-size: .92em; padding-block: .3rem; }
.timeline td:nth-child(2) { white-space: nowrap; color: var(--quiet); }
.timeline .note td { color: var(--quiet); }
.outcome-text { color: var(--red); }
.filter { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; margin-bottom: .6rem; }
.filter label { color: var(--quiet); font-size: .9rem; }

.run { margin-top: .8rem; background: var(--surface); border: 1px solid var(--border);
  border-radius: 10px; }
.run > summary { padding: .7rem 1rem; cursor: pointer; }
.run > summary h2 { display: inline; font-size: 1.05rem; }
.run > summary .quiet { font-size: .85rem; }
.run-body { padding: .2rem 1rem 1rem; }
.run-body > * + * { margin-top: .9rem; }
.run-body h3 + * { margin-top: .4rem; }
.about { max-width: 50rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 1.8rem; }
.facts dt { font-size: .78rem; color: var(--quiet); }
.problem { padding: .6rem .9rem; border-radius: 8px; background: var(--red-back); }
.finding { padding: .8rem 1rem; border: 1px solid var(--border); border-left: 4px solid var(--ink);
  border-radius: 8px; }
.finding > * + * { margin-top: .4rem; }
.place { font-weight: 600; }
.laws { list-style: none; padding: 0; }
.rule { font-family: var(--mono); font-size: .85em; }
.contrast { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: .6rem; }
.contrast > div { padding: .5rem .8rem; border-radius: 6px; background: var(--sunken); }
.contrast dt { font-size: .78rem; color: var(--quiet); }
.contrast dd { white-space: pre-wrap; }
.contrast .found { background: var(--wash); }
.contrast .found dt { color: var(--ink); }
.evidence, .headlines { list-style: none; padding: 0; font-size: .92em; }
.pending { padding-left: 1.2rem; }
.command { display: flex; gap: .5rem; align-items: flex-start; }
.command pre { flex: 1; padding: .5rem .8rem; overflow-x: auto; background: var(--sunken);
  border: 1px solid var(--border); border-radius: 6px; }

.part > summary { cursor: pointer; padding: .3rem 0; }
.part > summary h3 { display: inline; }
.part > summary + * { margin-top: .3rem; }
.exchange { border: 1px solid var(--border); border-radius: 6px; margin-top: .3rem; }
.exchange > summary { padding: .3rem .7rem; cursor: pointer; overflow-wrap: anywhere; }
.exchange > summary .route, .exchange > summary .since { color: var(--quiet); }
.outcome { font-weight: 600; }
.success { color: var(--green); }
.refusal { color: var(--amber); }
.lost { color: var(--red); }
.messages { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem;
  padding: .4rem .8rem .8rem; border-top: 1px solid var(--border); }
.messages > div { min-width: 0; }
.messages .quiet { font-size: .85rem; }
.messages pre { margin-top: .4rem; padding: .5rem .7rem; background: var(--sunken); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.messages .start-line { font-weight: 600; }
.headers b { font-weight: 400; color: var(--quiet); }
.tools { margin-bottom: .3rem; }
.rules > div { display: grid; grid-template-columns: 7rem 1fr; gap: .6rem; padding: .25rem .3rem; }
.rules dt { font-family: var(--mono); font-size: .87em; overflow-wrap: anywhere; }
footer { margin-top: 2rem; color: var(--quiet); font-size: .85rem; }

.scroll { max-height: 85vh; overflow: auto; border: 1px solid var(--border); border-radius: 8px;
  background: var(--surface); margin-top: .4rem; }
.diagram { width: max-content; min-width: 100%; }
.diagram svg { display: block; }
.diagram a { cursor: pointer; }
.diagram text { font: 12px var(--mono); fill: var(--text); }
.lane-names { position: sticky; top: 0; z-index: 1; width: 100%; background: var(--surface);
  border-bottom: 1px solid var(--border); }
.lane rect { fill: var(--sunken); stroke: var(--border); }
.diagram .lane text { text-anchor: middle; font-weight: 600; }
.lane-line { stroke: var(--border); stroke-width: 1.5; }
.diagram .time { text-anchor: end; fill: var(--quiet); font-size: 11px; }
rect.band { fill: var(--sunken); }
rect.judgement, rect.step:not(.conforms) { fill: var(--wash); }
rect.pause { fill: var(--surface); }
.diagram .band-text { paint-order: stroke; stroke: var(--sunken); stroke-width: 4px;
  stroke-linejoin: round; }
.diagram .judgement.band-text, .diagram .step.band-text:not(.conforms) { fill: var(--ink);
  stroke: var(--wash); }
.diagram .pause.band-text { fill: var(--quiet); stroke: var(--surface); font-style: italic; }
.line { stroke: var(--link); stroke-width: 1.4; fill: none; }
.line.answer { stroke: var(--quiet); }
.head path, .start { fill: var(--link); }
.answer-head path { fill: var(--quiet); }
.lost-head path { fill: var(--red); }
.broken { stroke-dasharray: 5 4; }
.busy { fill: var(--busy); }
.cross { stroke: var(--red); stroke-width: 2; fill: none; }
.lost .line { stroke: var(--red); }
.lost .start { fill: var(--red); }
.diagram .label { paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
.diagram .leftwards { text-anchor: end; }
.diagram .status { fill: var(--green); font-weight: 600; }
.diagram .refusal .status { fill: var(--amber); }
.diagram .failure { fill: var(--red); }
.diagram .under-way .failure { fill: var(--quiet); }
.diagram a:hover .line { stroke-width: 2.6; }
.diagram a:hover text { text-decoration: underline; }

@media (max-width: 40rem) {
  body { padding: .7rem; }
  .messages, .contrast { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .tools, .filter, .skip, button { display: none; }
  .runs tr[hidden] { display: table-row !important; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  .diagram { width: auto; }
  .diagram svg { max-width: 100%; height: auto; }
  .lane-names { position: static; }
  .wide { overflow: visible; }
  .judgements td { min-width: 0; }
  tr, .contrast, .exchange > summary { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
)css";
}

std::string_view page_script() {
  return R"js(
'use strict';
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
for (const element of all('[data-needs-script]')) element.hidden = false;

const named = hash => {
  const name = hash.slice(1);
  try {
    return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
  } catch {
    return null;
  }
};
const reveal = hash => {
  const target = named(hash);
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  target.scrollIntoView({ block: target.clientHeight > innerHeight ? 'start' : 'center' });
};
addEventListener('hashchange', () => reveal(location.hash));
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.getAttribute('href') === location.hash) reveal(location.hash);
});
if (location.hash) reveal(location.hash);

const copy = async source => {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand('copy');
  }
};
for (const button of all('[data-copy]')) {
  button.addEventListener('click', async () => {
    const done = await copy(document.getElementById(button.dataset.copy));
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
for (const button of all('[data-unfold]')) {
  button.addEventListener('click', () => {
    const parts = all('details.exchange', document.getElementById(button.dataset.unfold));
    const open = parts.some(part => !part.open);
    for (const part of parts) part.open = open;
    button.textContent = open ? 'Fold all' : 'Unfold all';
  });
}

// A search box with drop-down lists beside it: items that lack the text or that `fits` refuses are hidden, then `after` is
// called; the box's form has a button that clears all fields.
const filtered = ({ text, choices, items, counter, noun = '', fits, after = () => {} }) => {
  const fields = [text, ...choices];
  const clear = text.form.querySelector('[data-clear]');
  const narrow = () => {
    const sought = text.value.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      item.hidden = !item.textContent.toLowerCase().includes(sought) || !fits(item);
      if (!item.hidden) ++shown;
    }
    after();
    counter.textContent = shown === items.length ? '' : shown + ' of ' + items.length + noun;
    clear.hidden = fields.every(field => field.value === '');
  };
  const reset = () => {
    for (const field of fields) field.value = '';
    narrow();
  };
  text.addEventListener('input', narrow);
  text.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || text.value === '') return;
    event.preventDefault();
    text.value = '';
    narrow();
  });
  for (const choice of choices) choice.addEventListener('change', narrow);
  clear.addEventListener('click', () => {
    reset();
    text.focus();
  });
  text.form.addEventListener('submit', event => event.preventDefault());
  // A link to an item that is hidden shows it.
  addEventListener('hashchange', () => {
    const target = named(location.hash);
    if (!target || !target.hidden) return;
    reset();
    reveal(location.hash);
  });
};

const text = document.getElementById('filter-text');
if (text) {
  const verdict = document.getElementById('filter-verdict');
  filtered({
    text, choices: [verdict], items: all('.runs tbody tr'), counter: document.getElementById('filter-count'),
    fits: row => verdict.value === '' || row.dataset.verdict === verdict.value,
  });
}

// On paper nothing can be unfolded: what matters is open there, and folded again on the screen.
let unfolded = [];
addEventListener('beforeprint', () => {
  const matters = ['.run', '.part', '.case.violates', '.case.error'].map(one => 'details' + one + ':not([open])');
  unfolded = all(matters.join());
  for (const part of unfolded) part.open = true;
});
addEventListener('afterprint', () => { for (const part of unfolded) part.open = false; });
)js";
}

}  // namespace reports
