#include "reports/comparison_html_assets.h"

namespace reports {

std::string_view comparison_style() {
  return R"css(
.reports th[scope="row"], .comparison th { white-space: normal; overflow-wrap: anywhere; }
.reports th[scope="row"] { min-width: 14rem; font-size: .95rem; color: var(--text); }
.reports th small, .comparison th small { display: block; font-weight: 400; font-size: .82rem; color: var(--quiet); }
.reports td.profile { min-width: 9rem; font-size: .92em; color: var(--ink, var(--quiet)); }
.reports .number { min-width: 0; padding-inline: .5rem; white-space: normal; }
.reports time { white-space: nowrap; }
.reports .zero { color: var(--quiet); }
.reports td.number b { color: var(--ink); }
.changes > * + * { margin-top: .6rem; }
.changes > h3, .part > summary h3 { font-size: 1rem; }
.filter > span { display: inline-flex; gap: .4rem; align-items: center; }
.comparison caption { text-align: left; padding: .5rem .8rem; color: var(--quiet); font-size: .85rem; }
.scroll:has(.comparison) { scroll-padding: 5rem 1rem 1rem; }
.comparison thead th { position: sticky; top: 0; z-index: 1; min-width: 8rem; max-width: 18rem; vertical-align: bottom;
  background: var(--surface); box-shadow: inset 0 -1px var(--border); color: var(--text); }
.comparison thead th:first-child { min-width: 16rem; }
.comparison th[scope="rowgroup"] { background: var(--sunken); color: var(--text); }
.comparison th[scope="row"] { min-width: 16rem; max-width: 34rem; font-weight: 400; font-size: .92rem; color: var(--text); }
.comparison th code { color: var(--quiet); }
.comparison tr.differs th[scope="row"] { box-shadow: inset 4px 0 var(--focus); }
.comparison tr.differs b { color: var(--text); }
.comparison td { background: var(--wash, transparent); color: var(--ink, var(--quiet)); }
.comparison td a { color: inherit; }
.comparison td a .badge { text-decoration: underline; text-underline-offset: .15em; }
@media screen and (min-width: 50rem) {
  .comparison th[scope="row"], .comparison thead th:first-child { position: sticky; left: 0;
    background: var(--surface); }
  .comparison thead th:first-child { z-index: 2; }
}
@media (max-width: 40rem) {
  .comparison th, .comparison td { padding-inline: .4rem; }
  .comparison th[scope="row"], .comparison thead th:first-child { min-width: 10rem; }
  .comparison thead th { min-width: 6rem; }
}
@media print {
  .comparison thead th { position: static; min-width: 0; }
  .comparison th[scope="row"] { min-width: 0; }
  .comparison tbody[hidden] { display: table-row-group !important; }
  .comparison tr[hidden] { display: table-row !important; }
}
)css";
}

std::string_view comparison_script() {
  return R"js(
'use strict';
const soughtText = document.getElementById('case-text');
if (soughtText) {
  const [show, verdict, area] = ['show', 'verdict', 'area'].map(name => document.getElementById('case-' + name));
  const groups = all('.comparison tbody');
  filtered({
    text: soughtText, choices: [show, verdict, area], items: all('.comparison tr[data-verdicts]'),
    counter: document.getElementById('case-count'), noun: ' cases',
    fits: row => (show.value !== 'differences' || row.classList.contains('differs')) &&
      (verdict.value === '' || row.dataset.verdicts.split('|').includes(verdict.value)) &&
      (area.value === '' || row.parentElement.dataset.area === area.value),
    after: () => {
      for (const group of groups) group.hidden = !group.querySelector('tr[data-verdicts]:not([hidden])');
    },
  });
}
)js";
}

}  // namespace reports
