#include "reports/html_diagram.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

#include "reports/diagram_rows.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::ExchangeRecord;

constexpr int row_height = 26;
constexpr int gutter = 150;      ///< for the times
constexpr int lane_margin = 70;  ///< between gutter and first lane, and behind the last
constexpr int shortest_label = 210;
constexpr int page_width = 1150;
constexpr int header_height = 40;
constexpr int character_width = 7;

/// Spreads the lanes over a page's width where there are few.
int lane_distance(std::size_t lanes) {
  const auto gaps = std::max(1, static_cast<int>(lanes) - 1);
  return std::clamp((page_width - gutter - 2 * lane_margin) / gaps, 160, 420);
}

/// What a row that goes across all lanes shows.
struct Band {
  std::string style;
  std::string text;
  std::string target{};  ///< of its link; empty for none
};

/// Draws one run; coordinates are pixels.
class Diagram {
 public:
  explicit Diagram(const RunView& view)
      : view_(view),
        run_(*view.run),
        lanes_(lanes_of(view)),
        distance_(lane_distance(lanes_.size())),
        rows_(diagram_rows(view)) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].exchange) rows_of_exchange_[{rows_[i].position, rows_[i].kind}] = static_cast<int>(i);
    }
  }

  Html draw();

 private:
  using Kind = DiagramRow::Kind;

  [[nodiscard]] int width() const {
    return gutter + 2 * lane_margin + distance_ * (static_cast<int>(lanes_.size()) - 1);
  }
  [[nodiscard]] int height() const { return row_height * (static_cast<int>(rows_.size()) + 1); }
  [[nodiscard]] int x_of(const std::string& party) const {
    const auto lane = std::ranges::find(lanes_, party) - lanes_.begin();
    return gutter + lane_margin + distance_ * static_cast<int>(lane);
  }
  [[nodiscard]] static int y_of(int row) { return row_height * (row + 1); }
  /// Where an exchange is sent, delivered or concluded; empty where it was not.
  [[nodiscard]] std::optional<int> y_of(std::size_t exchange, Kind kind) const {
    const auto found = rows_of_exchange_.find({exchange, kind});
    if (found == rows_of_exchange_.end()) return std::nullopt;
    return y_of(found->second);
  }

  void add_lanes();
  void add_times();
  [[nodiscard]] Band band_of(const DiagramRow& row) const;
  void add_band_ground(const DiagramRow& row, int y);
  void add_band_text(const DiagramRow& row, int y);
  void add_exchange(std::size_t position);
  void add_request(const ExchangeRecord& exchange, int from, int to, int sent, std::optional<int> delivered);
  void add_answer(const ExchangeRecord& exchange, int from, int to, int delivered,
                  std::optional<int> concluded);
  void add_failure(const ExchangeRecord& exchange, int from, int to, int last, std::optional<int> concluded);
  void add_cross(int x, int y);

  const RunView& view_;
  const scenarios::RunRecord& run_;
  std::vector<std::string> lanes_;
  int distance_;
  std::vector<DiagramRow> rows_;
  std::map<std::pair<std::size_t, Kind>, int> rows_of_exchange_;
  Html html_;
};

void Diagram::add_lanes() {
  html_.add(R"(<div class="lane-names"><svg width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true">)",
            width(), header_height, width(), header_height);
  for (const auto& lane : lanes_) {
    const auto name = visible(lane, Breaks::join);
    html_.add(R"(<g class="lane"><rect x="{}" y="6" width="130" height="28" rx="6"/>)", x_of(lane) - 65);
    html_.add(R"(<text x="{}" y="25">{}<title>{}</title></text></g>)", x_of(lane), shortened(name, 17), name);
  }
  html_.add("</svg></div>\n");
}

void Diagram::add_times() {
  std::string last;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].kind == Kind::pause) continue;
    const auto text = since_start(run_, rows_[i].at);
    if (text == last) continue;
    html_.add(R"(<text class="time" x="{}" y="{}">{}<title>{}</title></text>)", gutter - 12,
              y_of(static_cast<int>(i)) + 4, text, base::to_rfc3339(rows_[i].at));
    html_.add("\n");
    last = text;
  }
}

Band Diagram::band_of(const DiagramRow& row) const {
  if (row.kind == Kind::step) {
    const auto& step = run_.steps[row.position];
    return {
        fmt::format("step {}", css_class(step.verdict)),
        fmt::format("{} line {}  {}", holds(step.verdict) ? "▸" : sign(step.verdict), step.line, step.what),
        element_id(view_, "step", row.position + 1)};
  }
  if (row.kind == Kind::judgement) {
    const auto& judgement = run_.judgements[row.position];
    return {fmt::format("judgement {}", css_class(judgement.verdict)),
            fmt::format("{} line {}  {} {}", sign(judgement.verdict), judgement.line, judgement.what,
                        judgement.when),
            element_id(view_, "judgement", row.position + 1)};
  }
  if (row.kind == Kind::pause) {
    return {"pause", brief(std::chrono::floor<std::chrono::seconds>(row.length)) + " later"};
  }
  return {"pause", counted(row.count, "exchange is", "exchanges are") + " not drawn here"};
}

void Diagram::add_band_ground(const DiagramRow& row, int y) {
  html_.add(R"(<rect class="band {}" x="{}" y="{}" width="{}" height="{}" rx="3"/>)", band_of(row).style,
            gutter, y - 10, width() - gutter, row_height - 6);
  html_.add("\n");
}

void Diagram::add_band_text(const DiagramRow& row, int y) {
  const auto band = band_of(row);
  const auto room = static_cast<std::size_t>((width() - gutter - 24) / character_width);
  if (!band.target.empty()) html_.add(R"(<a href="#{}" tabindex="-1">)", band.target);
  html_.add(R"(<text class="band-text {}" x="{}" y="{}">{}<title>{}</title></text>)", band.style, gutter + 10,
            y + 4, shortened(visible(band.text, Breaks::join), room), band.text);
  if (!band.target.empty()) html_.add("</a>");
  html_.add("\n");
}

void Diagram::add_cross(int x, int y) {
  html_.add(R"(<path class="cross" d="M{} {}l12 12m0 -12l-12 12"/>)", x - 6, y - 6);
}

void Diagram::add_request(const ExchangeRecord& exchange, int from, int to, int sent,
                          std::optional<int> delivered) {
  const bool rightwards = to >= from;
  if (delivered) {
    html_.add(R"svg(<path class="line" d="M{} {}L{} {}" marker-end="url(#{}-{})"/>)svg", from, sent,
              to + (rightwards ? -5 : 5), *delivered, element_id(view_),
              exchange.status == 0 && exchange.concluded ? "lost-head" : "head");
  } else {
    const auto end = from + (to - from) * 55 / 100;
    html_.add(R"(<path class="line broken" d="M{} {}L{} {}"/>)", from, sent, end, sent + row_height / 2);
    add_cross(end, sent + row_height / 2);
  }
  html_.add(R"(<circle class="start" cx="{}" cy="{}" r="3"/>)", from, sent);
  const auto span = std::max(std::abs(to - from) - 16, shortest_label);
  const auto text = visible(exchange.method + " " + exchange.target, Breaks::join);
  html_.add(R"(<text class="label {}" x="{}" y="{}">{}</text>)", rightwards ? "rightwards" : "leftwards",
            from + (rightwards ? 8 : -8), sent - 5,
            shortened(text, static_cast<std::size_t>(span / character_width)));
}

void Diagram::add_answer(const ExchangeRecord& exchange, int from, int to, int delivered,
                         std::optional<int> concluded) {
  const bool rightwards = to >= from;
  const auto towards_sender = rightwards ? 5 : -5;
  if (exchange.status != 0 && concluded) {
    const auto left = std::max(delivered + 6, *concluded - row_height);
    html_.add(R"(<rect class="busy" x="{}" y="{}" width="8" height="{}" rx="2"/>)", to - 4, delivered,
              left - delivered);
    html_.add(R"svg(<path class="line answer" d="M{} {}L{} {}" marker-end="url(#{}-answer-head)"/>)svg",
              to - towards_sender, left, from + towards_sender, *concluded, element_id(view_));
    html_.add(R"(<text class="label status {}" x="{}" y="{}">{}</text>)",
              rightwards ? "leftwards" : "rightwards", from + (rightwards ? -10 : 10), *concluded + 4,
              exchange.status);
    return;
  }
  const auto left = delivered + 8;
  const auto end = to + (from - to) * 45 / 100;
  html_.add(R"(<rect class="busy" x="{}" y="{}" width="8" height="8" rx="2"/>)", to - 4, delivered);
  html_.add(R"(<path class="line answer broken" d="M{} {}L{} {}"/>)", to - towards_sender, left, end,
            left + row_height / 2);
  if (concluded) add_cross(end, left + row_height / 2);
}

/// The sender's view stands on its own lane; until there is one, where the message was last heard of.
void Diagram::add_failure(const ExchangeRecord& exchange, int from, int to, int last,
                          std::optional<int> concluded) {
  const auto text = shortened(visible(outcome_text(exchange), Breaks::join), 40);
  const auto x = concluded ? from : from + (to - from) * 55 / 100;
  const auto y = concluded ? *concluded : last + row_height / 2;
  // Ahead of the message: an answer travels towards the sender.
  const bool rightwards = (to >= from) != (exchange.delivered && !concluded);
  html_.add(R"(<text class="label failure {}" x="{}" y="{}">{}</text>)",
            rightwards ? "rightwards" : "leftwards", x + (rightwards ? 12 : -12), y + 4, text);
  if (concluded) html_.add(R"(<circle class="start" cx="{}" cy="{}" r="3"/>)", x, y);
}

void Diagram::add_exchange(std::size_t position) {
  const auto& exchange = run_.exchanges[position];
  const auto from = x_of(exchange.from);
  auto to = x_of(exchange.to);
  // A party that talks to itself: a short way out and back.
  if (from == to) to += distance_ / 3;
  const auto sent = y_of(position, Kind::sent);
  if (!sent) return;
  const auto delivered = y_of(position, Kind::delivered);
  const auto concluded = y_of(position, Kind::concluded);
  std::string_view style = "";
  if (exchange.status == 0) style = is_under_way(exchange) ? " under-way" : " lost";
  if (exchange.status >= 400) style = " refusal";
  html_.add(R"(<a href="#{}" tabindex="-1"><g class="arrow{}">)", element_id(view_, "exchange", exchange.id),
            style);
  html_.add("<title>#{} {} → {}: {} {}, {}</title>", exchange.id, exchange.from, exchange.to, exchange.method,
            exchange.target, outcome_text(exchange));
  add_request(exchange, from, to, *sent, delivered);
  if (delivered) add_answer(exchange, from, to, *delivered, concluded);
  if (exchange.status == 0) add_failure(exchange, from, to, delivered.value_or(*sent), concluded);
  html_.add("</g></a>\n");
}

Html Diagram::draw() {
  const auto id = element_id(view_);
  html_.add(R"(<div class="scroll" tabindex="0" role="region" aria-label="Space-time diagram of {}">)",
            run_.title.empty() ? run_.script : run_.title);
  html_.add("<div class=\"diagram\">\n");
  add_lanes();
  html_.add(
      R"(<svg class="space-time" width="{}" height="{}" viewBox="0 0 {} {}" role="group" aria-label="{}">)",
      width(), height(), width(), height(),
      "Messages between the parties; the exchanges below say the same in text");
  html_.add("\n<defs>");
  for (const auto* kind : {"head", "answer-head", "lost-head"}) {
    html_.add(
        R"(<marker id="{}-{}" class="{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" )",
        id, kind, kind);
    html_.add(R"(markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>)");
  }
  html_.add("</defs>\n");
  for (const auto& lane : lanes_) {
    html_.add(R"(<line class="lane-line" x1="{}" x2="{}" y1="0" y2="{}"/>)", x_of(lane), x_of(lane),
              height());
  }
  html_.add("\n");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].exchange) add_band_ground(rows_[i], y_of(static_cast<int>(i)));
  }
  for (const auto position : view_.exchanges) add_exchange(position);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].exchange) add_band_text(rows_[i], y_of(static_cast<int>(i)));
  }
  add_times();
  html_.add("</svg></div></div>\n");
  return std::move(html_);
}

}  // namespace

Html space_time_diagram(const RunView& view) {
  Html html;
  if (view.exchanges.empty()) return html;
  const auto total = view.run->exchanges.size();
  html.add(R"(<details class="part" id="{}-diagram"{}><summary><h3>Space-time diagram</h3></summary>)",
           element_id(view), view.findings.empty() ? "" : " open");
  html.add("\n<p class=\"quiet\">Time runs downwards in the order of events, not to scale. ");
  html.add("A message leads to its exchange below.");
  if (view.exchanges.size() < total) {
    html.add(" {} of {} exchanges are drawn{}.", view.exchanges.size(), total,
             view.findings.empty() ? "" : ", those nearest to what did not hold");
  }
  html.add("</p>\n{}</details>\n", Diagram(view).draw());
  return html;
}

}  // namespace reports
