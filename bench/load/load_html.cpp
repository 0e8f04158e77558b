#include "bench/load/load_html.h"

#include <fmt/format.h>

#include "bench/load/load_plots.h"
#include "bench/load/load_text.h"
#include "reports/html.h"
#include "reports/html_assets.h"
#include "reports/html_page.h"
#include "reports/plain_text.h"

namespace bench::load {
namespace {

using reports::Html;

constexpr std::string_view load_style = R"css(
.plot { display: block; width: 100%; min-width: 40rem; height: auto; }
.plot text { font: 12px var(--mono); fill: var(--quiet); }
.plot .level { text-anchor: end; }
.plot .mark { text-anchor: middle; }
.plot .grid { stroke: var(--border); }
.plot polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
.plot polyline.answered { stroke: var(--green); }
.plot circle.answered { fill: var(--green); }
.plot polyline.failed { stroke: var(--red); stroke-dasharray: 6 3; }
.plot .asked { stroke: var(--quiet); stroke-dasharray: 2 4; }
.curve-0, .key-0 { --line: var(--link); } .curve-1, .key-1 { --line: var(--green); } .curve-2, .key-2 { --line: var(--violet); }
.curve-3, .key-3 { --line: var(--amber); } .curve-4, .key-4 { --line: var(--red); } .curve-5, .key-5 { --line: var(--teal); }
.curve-6, .key-6 { --line: var(--link); } .curve-7, .key-7 { --line: var(--green); } .curve-8, .key-8 { --line: var(--violet); }
.plot .curve { stroke: var(--line); }
.plot .curve-6, .plot .curve-7, .plot .curve-8 { stroke-dasharray: 6 3; }
.key { display: inline-block; width: 1.4rem; height: 0; margin-right: .5rem; vertical-align: middle; border-top: 3px solid var(--line); }
.key-6, .key-7, .key-8 { border-top-style: dashed; }
.figures { width: 100%; border-collapse: collapse; background: var(--surface); }
.figures th, .figures td { padding: .3rem .6rem; border-bottom: 1px solid var(--border); text-align: right; white-space: nowrap; }
.figures th:first-child { text-align: left; }
.figures tr.all { font-weight: 600; }
.figures td.bad { color: var(--red); }
.remarks { padding-left: 1.2rem; }
)css";

std::string_view css_of(LoadVerdict::Kind kind) {
  switch (kind) {
    case LoadVerdict::Kind::pass: return "conforms";
    case LoadVerdict::Kind::fail: return "violates";
    case LoadVerdict::Kind::not_judged: return "unclear";
  }
  return "";
}

std::string plain(std::string_view text) {
  constexpr std::size_t longest = 300;
  return reports::shortened(reports::visible(text, reports::Breaks::join), longest);
}

void add_row(Html& page, const Html& name, std::string_view css, const OperationFigures& figures, double seconds) {
  const auto& latency = figures.latency;
  page.add("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td class=\"{}\">{}</td><td>{}</td>", css, name, figures.all(),
           figures.failed() > 0 ? "bad" : "quiet", figures.failed(), fmt::format("{:.1f}", seconds > 0 ? static_cast<double>(figures.all()) / seconds : 0));
  for (const auto percent : {50.0, 90.0, 99.0, 99.9}) page.add("<td>{}</td>", shown(latency.percentile(percent)));
  page.add("<td>{}</td><td>{}</td><td>{}</td></tr>\n", shown(latency.max()), shown(figures.service.percentile(50)), shown(figures.service.percentile(99)));
}

void add_table(Html& page, const LoadResult& result) {
  page.add("<section aria-labelledby=\"figures\">\n<h2 id=\"figures\">Figures</h2>\n");
  page.add("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"figures\">\n<table class=\"figures\">\n<thead><tr><th scope=\"col\">Operation</th>");
  for (const auto* head : {"Count", "Errors", "Req/s", "p50", "p90", "p99", "p99.9", "Max", "Service p50", "Service p99"}) page.add("<th scope=\"col\">{}</th>", head);
  page.add("</tr></thead>\n<tbody>\n");
  const auto seconds = std::chrono::duration<double>(result.measured).count();
  for (std::size_t i = 0; i < operations; ++i) {
    if (result.figures[i].all() == 0) continue;
    Html name;
    name.add("<span class=\"key key-{}\" aria-hidden=\"true\"></span>{}", i, to_text(static_cast<Operation>(i)));
    add_row(page, name, "one", result.figures[i], seconds);
  }
  add_row(page, Html().add("all"), "all", result.total(), seconds);
  page.add("</tbody>\n</table></div>\n</section>\n");
}

void add_errors(Html& page, const LoadResult& result) {
  if (result.total().failed() == 0) return;
  page.add("<section aria-labelledby=\"errors\">\n<h2 id=\"errors\">Errors</h2>\n<ul class=\"findings\">\n");
  for (std::size_t i = 0; i < operations; ++i) {
    const auto& figures = result.figures[i];
    if (figures.failed() == 0) continue;
    page.add("<li>{}:", to_text(static_cast<Operation>(i)));
    for (std::size_t kind = 0; kind < troubles; ++kind) {
      if (figures.errors[kind] > 0) page.add(" {} {}", figures.errors[kind], to_text(static_cast<Trouble>(kind)));
    }
    page.add("<p>The first: <code>{}</code></p></li>\n", plain(figures.example));
  }
  page.add("</ul>\n</section>\n");
}

void add_remarks(Html& page, const LoadResult& result) {
  page.add("<section aria-labelledby=\"remarks\">\n<h2 id=\"remarks\">How to read this</h2>\n<ul class=\"remarks\">\n");
  for (const auto& remark : remarks_on(result)) page.add("<li>{}</li>\n", plain(remark));
  page.add("<li>Service counts from the instant at which a request was sent.</li>\n");
  for (const auto& one : result.left) page.add("<li>Not removed: <code>{}</code></li>\n", plain(one));
  page.add("</ul>\n</section>\n");
}

}  // namespace

std::string load_html(const LoadResult& result, const LoadVerdict& verdict) {
  const reports::PageAssets assets{.styles = {reports::style_sheet(), load_style}, .scripts = {}};
  const auto headline = fmt::format("{:.1f} requests a second: {}", result.throughput, to_text(verdict.kind));
  Html page;
  begin_page(page, plain("load of " + result.plan.target), assets);
  page.add("<a class=\"skip\" href=\"#figures\">Skip to the figures</a>\n<header class=\"{}\">\n<p class=\"product\">{}</p>\n<h1>{}</h1>\n", css_of(verdict.kind),
           plain(result.plan.target), headline);
  const auto started = base::to_rfc3339(result.started);
  page.add("<p>{}. Begun <time datetime=\"{}\">{}</time>, measured for {}.</p>\n", shown(result.plan), started, started, shown(result.measured));
  page.add("<p>What Entra asks for, 25 requests a second: <span class=\"badge\">{}</span> {}.</p>\n</header>\n<main>\n", to_text(verdict.kind), plain(verdict.why));
  add_table(page, result);
  page.add("<section aria-labelledby=\"time\">\n<h2 id=\"time\">Requests a second</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"time\">{}</div>\n", throughput_plot(result));
  page.add("<p class=\"quiet\">Green: answered rightly. Red, dashed: errors. Dotted: the 25 a second that Entra asks for.</p>\n</section>\n");
  page.add("<section aria-labelledby=\"latency\">\n<h2 id=\"latency\">Latency by percentile</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"latency\">{}</div>\n",
           percentile_plot(result));
  page.add("<p class=\"quiet\">The table has the colours. Each further nine has the same room, so that the tail can be seen.</p>\n</section>\n");
  add_errors(page, result);
  add_remarks(page, result);
  page.add("</main>\n<footer><p>Made by Lockstep.</p></footer>\n");
  end_page(page, assets);
  return page.text();
}

}  // namespace bench::load
