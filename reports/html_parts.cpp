#include "reports/html_parts.h"

#include "base/encoding.h"
#include "reports/plain_text.h"

namespace reports {

using scenarios::Verdict;

RunView view_of(const scenarios::RunRecord& run, std::size_t number, Detail detail) {
  RunView view{.run = &run, .number = number, .detail = detail, .findings = findings_of(run)};
  view.exchanges = select_exchanges(run, detail == Detail::full ? exchanges_in_full : exchanges_in_brief);
  for (const auto i : view.exchanges) view.exchanges_shown.insert(run.exchanges[i].id);
  return view;
}

std::string element_id(const RunView& view) {
  return fmt::format("run-{}", view.number);
}

std::string element_id(const RunView& view, std::string_view kind, std::uint64_t which) {
  return fmt::format("run-{}-{}-{}", view.number, kind, which);
}

std::string_view css_class(Verdict verdict) {
  return verdict == Verdict::not_applicable ? "not-applicable" : to_text(verdict);
}

std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms:
      return "✓";
    case Verdict::deviates:
      return "!";
    case Verdict::violates:
      return "✗";
    case Verdict::refused:
      return "–";
    case Verdict::not_applicable:
      return "○";
    case Verdict::blocked:
      return "‖";
    case Verdict::unclear:
      return "?";
    case Verdict::error:
      return "⚠";
  }
  return "";
}

Html badge(Verdict verdict) {
  Html html;
  html.add(R"(<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>)", css_class(verdict),
           sign(verdict), to_text(verdict));
  return html;
}

Html exchange_link(const RunView& view, std::uint64_t id) {
  Html html;
  if (view.exchanges_shown.contains(id)) {
    html.add(R"(<a href="#{}">#{}</a>)", element_id(view, "exchange", id), id);
  } else {
    html.add("#{}", id);
  }
  return html;
}

std::string rule_element_id(std::string_view rule) {
  return "rule-" + base::percent_encode(rule);
}

Html rule_links(const std::vector<std::string>& rules) {
  Html html;
  for (const auto& rule : rules) {
    // A percent sign of the id is itself encoded in a link.
    html.add(R"({}<a class="rule" href="#{}">{}</a>)", html.empty() ? "" : " ",
             base::percent_encode(rule_element_id(rule)), rule);
  }
  return html;
}

Html time_label(const scenarios::RunRecord& run, base::Instant at) {
  Html html;
  const auto clock = base::to_rfc3339(at);
  html.add(R"(<span class="since">{}</span> <time datetime="{}">{}</time>)", since_start(run, at), clock,
           clock);
  return html;
}

}  // namespace reports
