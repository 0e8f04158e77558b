#include "reports/html_exchanges.h"

#include "base/duration_text.h"
#include "base/encoding.h"
#include "reports/json_layout.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::ExchangeRecord;

constexpr std::size_t body_limit = 20'000;

using Headers = std::vector<std::pair<std::string, std::string>>;

void add_body(Html& html, const std::string& body) {
  if (body.empty()) {
    html.add(R"(<p class="quiet">No body.</p>)");
    return;
  }
  const auto text = visible(laid_out_json(body), Breaks::keep);
  html.add(R"(<pre class="body">{}</pre>)", shortened(text, body_limit));
  const auto length = count_characters(text);
  if (length > body_limit) {
    html.add(R"(<p class="quiet">{} more characters are in the JSON report.</p>)", length - body_limit);
  }
  if (!base::is_utf8(body))
    html.add(R"(<p class="quiet">Some of its bytes are no UTF-8 and cannot be shown.</p>)");
}

void add_headers(Html& html, const Headers& headers) {
  if (headers.empty()) return;
  html.add(R"(<pre class="headers">)");
  for (const auto& [name, value] : headers) {
    html.add("<b>{}:</b> {}\n", visible(name, Breaks::join), visible(value, Breaks::join));
  }
  html.add("</pre>");
}

std::string took(const ExchangeRecord& exchange) {
  if (!exchange.concluded) return "";
  const auto passed = std::chrono::floor<std::chrono::microseconds>(*exchange.concluded - exchange.sent);
  return ", after " + base::to_text(passed);
}

std::string_view outcome_class(const ExchangeRecord& exchange) {
  if (is_under_way(exchange)) return "quiet";
  if (exchange.status == 0) return "lost";
  return exchange.status >= 400 ? "refusal" : "success";
}

Html headline(const RunView& view, const ExchangeRecord& exchange) {
  Html html;
  html.add(
      R"(<span class="number">#{}</span> <span class="since">{}</span> <span class="route">{} → {}</span> )",
      exchange.id, since_start(*view.run, exchange.sent), exchange.from, exchange.to);
  html.add(R"(<code>{} {}</code> <span class="outcome {}">{}</span>)", visible(exchange.method, Breaks::join),
           visible(exchange.target, Breaks::join), outcome_class(exchange), outcome_text(exchange));
  return html;
}

void add_exchange_in_full(Html& html, const RunView& view, const ExchangeRecord& exchange) {
  html.add(R"(<details class="exchange" id="{}"><summary>{}</summary>)",
           element_id(view, "exchange", exchange.id), headline(view, exchange));
  html.add(R"(<div class="messages"><div><h4>Request</h4>)");
  html.add(R"(<p class="quiet">sent {}</p>)", base::to_rfc3339(exchange.sent));
  if (exchange.delivered) {
    html.add(R"(<p class="quiet">delivered {}</p>)", base::to_rfc3339(*exchange.delivered));
  } else {
    html.add(R"(<p class="quiet">never delivered</p>)");
  }
  html.add(R"(<pre class="start-line">{} {}</pre>)", visible(exchange.method, Breaks::join),
           visible(exchange.target, Breaks::join));
  add_headers(html, exchange.request_headers);
  add_body(html, exchange.request_body);
  html.add(R"(</div><div><h4>Answer</h4>)");
  if (exchange.concluded) {
    html.add(R"(<p class="quiet">concluded {}{}</p>)", base::to_rfc3339(*exchange.concluded), took(exchange));
  } else {
    html.add(R"(<p class="quiet">not concluded by the end</p>)");
  }
  if (exchange.status == 0) {
    html.add(R"(<p class="{}">{}</p>)", outcome_class(exchange), outcome_text(exchange));
  } else {
    html.add(R"(<pre class="start-line">{}</pre>)", exchange.status);
    add_headers(html, exchange.response_headers);
    add_body(html, exchange.response_body);
  }
  html.add("</div></div></details>\n");
}

}  // namespace

Html exchange_list(const RunView& view) {
  Html html;
  const auto& run = *view.run;
  if (run.exchanges.empty()) return html;
  const auto total = run.exchanges.size();
  html.add(R"(<details class="part" id="{}-exchanges"><summary><h3>Exchanges</h3> <span class="quiet">{})",
           element_id(view), total);
  html.add("</span></summary>\n");
  const bool in_full = view.detail == Detail::full;
  if (in_full) {
    html.add(R"(<p class="tools" data-needs-script hidden><button type="button" data-unfold="{}-exchanges">)",
             element_id(view));
    html.add("Unfold all</button></p>\n");
  }
  if (run.exchanges_forgotten > 0) {
    html.add(R"(<p class="left-out">{} no longer in the record.</p>)",
             counted(run.exchanges_forgotten, "older one is", "older ones are"));
  }
  if (total > view.exchanges.size()) {
    html.add(R"(<p class="left-out">{} of {} are shown{}; the JSON report holds them all.</p>)",
             view.exchanges.size(), total,
             view.findings.empty() ? "" : ", those nearest to what did not hold");
  }
  if (!in_full) html.add("<ol class=\"headlines\">\n");
  for (const auto i : view.exchanges) {
    const auto& exchange = run.exchanges[i];
    if (in_full) {
      add_exchange_in_full(html, view, exchange);
    } else {
      html.add("<li id=\"{}\">{}</li>\n", element_id(view, "exchange", exchange.id),
               headline(view, exchange));
    }
  }
  if (!in_full) html.add("</ol>\n");
  html.add("</details>\n");
  return html;
}

}  // namespace reports
