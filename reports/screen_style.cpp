#include "reports/screen_picture.h"

namespace reports {

std::string_view screen_style() {
  return R"css(
.screen { --ground: #e4edf8; --deep: #c9d9ee; --panel: #ffffff; --ink: #17202b; --dim: #46525f; --edge: #9fb2c9;
  --accent: #0b57a4; --on-accent: #ffffff; --warn: #fdf0d5; --on-warn: #5b3a00;
  display: block; width: 100%; max-width: 480px; height: auto; border-radius: 9px; }
.screen.macos { --ground: #ece8f5; --deep: #d5cdea; --edge: #b0a6cb; --accent: #5a3f99; }
@media screen and (prefers-color-scheme: dark) {
  .screen { --ground: #182534; --deep: #22364c; --panel: #0f1821; --ink: #e6edf4; --dim: #b3c1cf; --edge: #47617d;
    --accent: #8cc1ff; --on-accent: #0b1a2a; --warn: #3a2d10; --on-warn: #f4cf8c; }
  .screen.macos { --ground: #241f33; --deep: #352d4b; --panel: #17131f; --edge: #635682; --accent: #c9b6ff; --on-accent: #1c1430; }
}
.screen.off { --ground: #14171a; --ink: #c3cad1; --edge: #4a525a; }
.screen text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; fill: var(--ink);
  text-anchor: middle; }
.screen .left text, .screen text.left { text-anchor: start; }
.screen .small { font-size: 11px; }
.screen .large { font-size: 17px; font-weight: 600; }
.screen .bold { font-weight: 600; }
.screen .dim { fill: var(--dim); }
.screen .bare { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.screen .on-bar { stroke: var(--deep); }
.screen .glass { fill: var(--ground); }
.screen .frame { fill: none; stroke: var(--edge); stroke-width: 2; }
.screen .bar { fill: var(--deep); }
.screen .panel { fill: var(--panel); stroke: var(--edge); }
.screen .field { fill: var(--ground); stroke: var(--edge); }
.screen .warning { fill: var(--warn); stroke: var(--edge); }
.screen .warned { fill: var(--on-warn); }
.screen .button { fill: var(--deep); stroke: var(--edge); }
.screen .usual { fill: var(--accent); stroke: var(--accent); }
.screen text.on-usual { fill: var(--on-accent); }
.screen .face { fill: var(--deep); stroke: var(--edge); stroke-width: 1.5; }
.screen .chosen { stroke: var(--accent); stroke-width: 3; }
.screen .initial { font-size: 20px; font-weight: 600; stroke: var(--deep); }
.screen .sign { fill: none; stroke: var(--dim); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.screens { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1rem; list-style: none; padding: 0; }
.screens figure { margin: 0; }
.screens figcaption, .seen figcaption { margin-top: .35rem; font-size: .88em; }
.screens figcaption .quiet, .seen figcaption .quiet { display: block; }
.seen { margin: .6rem 0 0; max-width: 22rem; }
@media print { .screens li, .seen { break-inside: avoid; } }
)css";
}

}  // namespace reports
