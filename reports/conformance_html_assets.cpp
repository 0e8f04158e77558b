#include "reports/conformance_html_assets.h"

namespace reports {

std::string_view conformance_style() {
  return R"css(
.bottom-line { max-width: 50rem; margin-top: .3rem; }
.profiles { list-style: none; padding: 0; display: grid; gap: .6rem;
  grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
.profiles > li { padding: .8rem 1rem; background: var(--surface); border: 1px solid var(--border);
  border-top: 4px solid var(--ink); border-radius: 10px; }
.profiles ul { margin-top: .4rem; padding-left: 1.1rem; font-size: .92em; }
.matrix td, .matrix th { padding-block: .3rem; }
.matrix .zero { color: var(--quiet); }
.contrast dd { font-family: var(--mono); font-size: .87em; }
.filter > span { display: inline-flex; gap: .4rem; align-items: center; }
.matrix td.number b { color: var(--ink); }
.filter input { min-width: 14rem; }
.area { margin-top: 1.2rem; }
.area > h3 { margin-bottom: .4rem; }
.case { background: var(--surface); border: 1px solid var(--border); border-left: 4px solid var(--ink);
  border-radius: 8px; margin-top: .3rem; }
.case > summary { padding: .4rem .8rem; cursor: pointer; overflow-wrap: anywhere; }
.case > summary h4 { display: inline; font-size: 1em; }
.case > summary .quiet, .case > summary code { font-size: .82rem; color: var(--quiet); }
.case h5 { margin-top: .3rem; }
.part > summary h5 { display: inline; }
.run-body > p { max-width: 60rem; }
.laws li + li { margin-top: .3rem; }
.case .command pre { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--amber-back); color: inherit; font-weight: 600; outline: 1px solid var(--amber);
  border-radius: 2px; }
.past { display: flex; flex-wrap: wrap; gap: .4rem .8rem; list-style: none; padding: 0; }
.past li { display: grid; justify-items: center; }
@media (max-width: 40rem) {
  .matrix th, .matrix td { padding-inline: .4rem; min-width: 0; }
}
@media print {
  .case { break-inside: auto; }
  .case > summary { break-after: avoid; }
  .case[hidden], .area[hidden] { display: block !important; }
}
)css";
}

std::string_view conformance_script() {
  return R"js(
'use strict';
const wantedText = document.getElementById('case-text');
if (wantedText) {
  const names = ['verdict', 'level', 'severity', 'area'];
  const choices = names.map(name => document.getElementById('case-' + name));
  filtered({
    text: wantedText, choices, items: all('details.case'), counter: document.getElementById('case-count'), noun: ' cases',
    fits: one => choices.every((choice, i) => choice.value === '' || one.dataset[names[i]] === choice.value),
    after: () => {
      for (const area of all('.area')) area.hidden = !area.querySelector('details.case:not([hidden])');
    },
  });
}
)js";
}

}  // namespace reports
