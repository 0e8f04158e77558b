#include "scenarios/proof/bench.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace scenarios::proof {
namespace {

const std::string root = LOCKSTEP_SOURCE_DIR;

/// Empty for a verdict that tells nothing of the product: what is blocked or does not apply has not been judged.
std::string turn_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::violates:
    case Verdict::deviates: return "red";
    case Verdict::refused: return "refused";
    case Verdict::unclear: return "unclear";
    case Verdict::error: return "error";
    case Verdict::conforms:
    case Verdict::not_applicable:
    case Verdict::blocked: break;
  }
  return {};
}

}  // namespace

Bench::Bench() {
  for (const auto* name : {"scim", "entra", "okta", "jumpcloud"}) {
    auto suite = probe::load_suite(root + "/scenarios/conformance", name);
    if (!suite) {
      problem_ = suite.error().text;
      return;
    }
    suites_.push_back(std::move(*suite));
  }
  for (const auto& suite : suites_) {
    for (const auto& one : suite.cases) cases_.emplace(one.id, &one);
  }
  auto catalog = Catalog::load();
  if (!catalog) {
    problem_ = catalog.error().message;
    return;
  }
  catalog_ = std::move(*catalog);
  learn_what_is_healthy();
}

void Bench::learn_what_is_healthy() {
  for (const auto& suite : suites_) {
    probe::FakeProduct product;
    product.quirks.note_questions_in(asked_[suite.name]);
    for (const auto& one : play(suite, product).result.record.cases) healthy_[suite.name][one.id] = one.verdict;
  }
}

probe::FakeSession Bench::play(const probe::Suite& suite, const probe::FakeProduct& product) const {
  probe::SessionOptions options;
  options.target.name = options.target.text = "fake";
  options.run_mark = "t";
  return probe::judge_fake(suite, catalog_, product, std::move(options));
}

Findings Bench::findings(fakes::scim::Quirk quirk) const {
  Findings out;
  for (const auto& suite : suites_) {
    if (!asks(suite, quirk)) continue;
    const auto& healthy = healthy_.at(suite.name);
    for (const auto& one : play(suite, {{quirk}}).result.record.cases) {
      const auto before = healthy.find(one.id);
      if (before != healthy.end() && before->second == one.verdict) continue;
      const auto turn = turn_text(one.verdict);
      if (turn.empty()) continue;
      const auto shown = fmt::format("{} {}: {}", suite.name, scenarios::to_text(one.verdict), one.summary);
      auto& finding = out.try_emplace(one.id, Finding{turn, {}}).first->second;
      // Two suites that disagree are neither's expectation.
      if (finding.verdict != turn) finding.verdict = fmt::format("{} and {}", finding.verdict, turn);
      finding.shown += (finding.shown.empty() ? "" : "; ") + shown;
    }
  }
  return out;
}

const Bench& bench() {
  static const Bench one;
  return one;
}

}  // namespace scenarios::proof
