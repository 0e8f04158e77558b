// Any text as the expression of an attribute mapping; what can be read has to come back from its text and to end, with a value
// or an error, for a user who has every kind of value.
#include "base/encoding.h"
#include "base/fuzz/fuzz_target.h"
#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/parser.h"

namespace {

namespace expression = fakes::entra::expression;

class User final : public expression::Context {
 public:
  [[nodiscard]] expression::Value attribute(std::string_view name) const override {
    if (name == "n") return std::int64_t{7};
    if (name == "b") return true;
    if (name == "list") return expression::Texts{"SMTP:a@x", "smtp:b@x", ""};
    if (name == "date") return "2012-03-16-07:00";
    if (name == "bytes") return "\xFF\xC3";
    if (name == "e") return "";
    if (name.starts_with('x')) return {};
    return "J\xC3\xB6hn O'Neil";
  }
  [[nodiscard]] base::Instant now() const override { return {}; }
  [[nodiscard]] base::Rng* rng() override { return &rng_; }

 private:
  base::Rng rng_{1};
};

void judge(const expression::Expression& parsed) {
  const auto printed = expression::to_text(parsed);
  const auto again = expression::parse(printed);
  // Arguments gain blanks between them.
  base::require(printed.size() > expression::longest_expression || (again && *again == parsed), "an expression comes back from its text");
  User user;
  const auto outcome = expression::evaluate(parsed, user);
  if (!outcome) {
    base::require(!outcome.error().text.empty(), "an error says what is wrong");
    return;
  }
  if (const auto* text = std::get_if<std::string>(&outcome->value)) {
    base::require(text->size() <= expression::longest_text, "no text is beyond the bound");
  }
  User same;
  base::require(expression::evaluate(parsed, same) == outcome, "the same user gives the same outcome");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = base::fuzz_text(data, size);
  if (const auto parsed = expression::parse(text)) {
    judge(*parsed);
  } else {
    const auto& error = parsed.error();
    base::require(error.offset <= text.size() && error.line >= 1 && error.column >= 1, "an error is somewhere in the text");
    base::require(!error.expected.empty() && !error.message.empty(), "an error says what was expected");
  }
  return 0;
}
