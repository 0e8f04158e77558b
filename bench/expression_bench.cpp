// Expressions of Entra's attribute mappings: read, and evaluated for one user.
#include <benchmark/benchmark.h>

#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/parser.h"

namespace bench {
namespace {

namespace expression = fakes::entra::expression;

constexpr std::string_view mapping =
    R"(ToLower(NormalizeDiacritics(Join(".", Left(StripSpaces([givenName]), 12), Replace([surname], , "[- ]", , "", , )))))";

class OneUser final : public expression::Context {
 public:
  [[nodiscard]] expression::Value attribute(std::string_view name) const override {
    if (name == "givenName") return std::string("Chloë Anne");
    if (name == "surname") return std::string("Fitz-William");
    return {};
  }
  [[nodiscard]] base::Instant now() const override { return base::Instant{std::chrono::seconds{1'767'600'000}}; }
};

void expression_parse(benchmark::State& state) {
  for (auto _ : state) {
    if (!expression::parse(mapping)) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(mapping.size()));
}
BENCHMARK(expression_parse);

void expression_evaluate(benchmark::State& state) {
  const auto parsed = expression::parse(mapping);
  if (!parsed) return state.SkipWithError("refused");
  OneUser user;
  for (auto _ : state) {
    if (!expression::evaluate(*parsed, user)) state.SkipWithError("no value");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(expression_evaluate);

}  // namespace
}  // namespace bench
