#include "fakes/okta/org/rule_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace fakes::okta {
namespace {

/// Null: an attribute that is not set.
using Value = std::optional<std::string>;

/// Reads and evaluates at once: both sides of a junction are always read. After a fault its results mean nothing.
class Reader {
 public:
  Reader(std::string_view text, const Profile& profile) : rest_(text), profile_(&profile) {}

  bool read() {
    const bool result = expression();
    skip_blanks();
    if (!rest_.empty()) fault(fmt::format("unexpected '{}'", rest_));
    return result;
  }
  [[nodiscard]] const std::string& first_fault() const { return fault_; }
  [[nodiscard]] const std::vector<std::string>& attributes() const { return attributes_; }

 private:
  static constexpr int deepest = 50;

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size())); }

  bool take(std::string_view token) {
    skip_blanks();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

  bool take_word(std::string_view word) {
    skip_blanks();
    if (!rest_.starts_with(word) || (rest_.size() > word.size() && is_word(rest_[word.size()]))) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  void fault(std::string text) {
    if (fault_.empty()) fault_ = std::move(text);
    rest_ = {};
  }

  void want(std::string_view token) {
    if (!take(token)) fault(fmt::format("'{}' is missing", token));
  }

  bool expression() {
    bool result = conjunction();
    while (take_word("or") || take_word("OR") || take("||")) {
      const bool other = conjunction();
      result = result || other;
    }
    return result;
  }

  bool conjunction() {
    bool result = term();
    while (take_word("and") || take_word("AND") || take("&&")) {
      const bool other = term();
      result = result && other;
    }
    return result;
  }

  bool term() {
    if (++depth_ > deepest) fault("too deep");
    const bool result = fault_.empty() && innermost_term();
    --depth_;
    return result;
  }

  bool innermost_term() {
    if (take("!") || take_word("NOT")) return !term();
    if (take("(")) {
      const bool result = expression();
      want(")");
      return result;
    }
    if (take_word("String.startsWith")) {
      const auto [text, part] = arguments();
      return text && part && text->starts_with(*part);
    }
    if (take_word("String.stringContains")) {
      const auto [text, part] = arguments();
      return text && part && text->contains(*part);
    }
    const auto left = operand();
    if (take("==")) return left == operand();
    if (take("!=")) return left != operand();
    fault("a comparison is missing");
    return false;
  }

  std::pair<Value, Value> arguments() {
    want("(");
    auto first = operand();
    want(",");
    auto second = operand();
    want(")");
    return {std::move(first), std::move(second)};
  }

  Value operand() {
    if (take("user.")) {
      const auto length = static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_word) - rest_.begin());
      const auto name = rest_.substr(0, length);
      attributes_.emplace_back(name);
      rest_.remove_prefix(length);
      const auto found = profile_->find(name);
      return found == profile_->end() ? std::nullopt : Value(found->second);
    }
    if (take_word("null")) return std::nullopt;
    for (const char quote : {'"', '\''}) {
      if (!take(std::string_view(&quote, 1))) continue;
      const auto end = rest_.find(quote);
      if (end == std::string_view::npos) break;
      Value value{std::string(rest_.substr(0, end))};
      rest_.remove_prefix(end + 1);
      return value;
    }
    fault("an attribute or a text is missing");
    return std::nullopt;
  }

  std::string_view rest_;
  const Profile* profile_;
  int depth_ = 0;
  std::string fault_;
  std::vector<std::string> attributes_;
};

}  // namespace

Outcome<void> check_expression(std::string_view expression, const std::vector<std::string>& custom_attributes) {
  const Profile nobody;
  Reader reader(expression, nobody);
  reader.read();
  const auto invalid = [](std::string_view why) {
    return refuse(ErrorCode::validation, "expression", {fmt::format("expression: {}", why)});
  };
  if (!reader.first_fault().empty()) return invalid(reader.first_fault());
  for (const auto& name : reader.attributes()) {
    if (std::ranges::count(default_attributes(), name) > 0 || std::ranges::count(custom_attributes, name) > 0) continue;
    return invalid(fmt::format("there is no attribute '{}'", name));
  }
  return {};
}

bool holds(std::string_view expression, const Profile& profile) {
  Reader reader(expression, profile);
  const bool result = reader.read();
  return result && reader.first_fault().empty();
}

}  // namespace fakes::okta
