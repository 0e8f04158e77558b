#include "reports/html_timeline.h"

#include <algorithm>
#include <tuple>

#include "reports/plain_text.h"

namespace reports {
namespace {

bool is_finding(const Moment& moment) {
  if (moment.step != nullptr) return !holds(moment.step->verdict);
  return moment.judgement != nullptr && !holds(moment.judgement->verdict);
}

void add_step(Html& html, const RunView& view, const Moment& moment) {
  const auto& step = *moment.step;
  html.add(R"(<tr class="step" id="{}"><td>{}</td><td>step</td><td>line {}: <code>{}</code>)",
           element_id(view, "step", moment.position + 1), time_label(*view.run, step.at), step.line,
           visible(step.what, Breaks::join));
  if (step.outcome != "ok") html.add(R"(<p class="outcome-text">{}</p>)", step.outcome);
  if (!step.counts.empty()) html.add(R"(<p class="quiet">{}</p>)", step.counts);
  html.add("</td><td>{}</td></tr>\n", badge(step.verdict));
}

void add_judgement(Html& html, const RunView& view, const Moment& moment) {
  const auto& judgement = *moment.judgement;
  html.add(
      R"(<tr class="judgement"><td>{}</td><td>judgement</td><td><a href="#{}">line {}</a>: <code>{}</code> {})",
      time_label(*view.run, judgement.at), element_id(view, "judgement", moment.position + 1), judgement.line,
      visible(judgement.what, Breaks::join), judgement.when);
  if (!judgement.exchanges.empty()) {
    html.add(R"(<p class="quiet">after )");
    for (const auto id : judgement.exchanges) html.add("{} ", exchange_link(view, id));
    html.add("</p>");
  }
  html.add("</td><td>{}</td></tr>\n", badge(judgement.verdict));
}

void add_note(Html& html, const RunView& view, const Moment& moment) {
  html.add(R"(<tr class="note"><td>{}</td><td>{}</td><td>{}</td><td></td></tr>)",
           time_label(*view.run, moment.note->at), moment.note->party, moment.note->text);
  html.add("\n");
}

}  // namespace

std::vector<Moment> moments_of(const scenarios::RunRecord& run) {
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    moments.push_back({.at = run.steps[i].at, .step = &run.steps[i], .position = i});
  }
  for (std::size_t i = 0; i < run.notes.size(); ++i) {
    moments.push_back({.at = run.notes[i].at, .note = &run.notes[i], .position = i});
  }
  for (std::size_t i = 0; i < run.judgements.size(); ++i) {
    moments.push_back({.at = run.judgements[i].at, .judgement = &run.judgements[i], .position = i});
  }
  std::ranges::sort(moments, {}, [](const Moment& moment) {
    return std::tuple(moment.at, moment.judgement != nullptr, moment.note != nullptr, moment.position);
  });
  return moments;
}

Html timeline(const RunView& view) {
  Html html;
  const auto moments = moments_of(*view.run);
  if (moments.empty()) return html;
  html.add(
      R"(<details class="part" id="{}-timeline"><summary><h3>Timeline</h3> <span class="quiet">{}, {}, {})",
      element_id(view), counted(view.run->steps.size(), "step", "steps"),
      counted(view.run->judgements.size(), "judgement", "judgements"),
      counted(view.run->notes.size(), "note", "notes"));
  html.add("</span></summary>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Timeline\"><table class=\"timeline\">\n");
  html.add("<thead><tr><th scope=\"col\">When</th><th scope=\"col\">Who</th><th scope=\"col\">What</th>");
  html.add("<th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n");
  std::size_t shown = 0;
  for (const auto& moment : moments) {
    if (shown >= longest_timeline && !is_finding(moment)) continue;
    ++shown;
    if (moment.step != nullptr) add_step(html, view, moment);
    if (moment.note != nullptr) add_note(html, view, moment);
    if (moment.judgement != nullptr) add_judgement(html, view, moment);
  }
  html.add("</tbody></table></div>\n");
  if (shown < moments.size()) {
    html.add(R"(<p class="left-out">{} later rows are left out; the JSON report holds them.</p>)",
             moments.size() - shown);
  }
  html.add("</details>\n");
  return html;
}

}  // namespace reports
