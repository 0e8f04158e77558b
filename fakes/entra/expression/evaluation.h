// What an expression makes of one user. Pure but for what the context gives: the same context gives the same outcome.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/entra/expression/syntax.h"
#include "fakes/entra/expression/value.h"

namespace fakes::entra::expression {

/// The user whose values are mapped, and the world as far as functions see it.
class Context {
 public:
  virtual ~Context() = default;

  /// Null where the user has no such attribute. Assignments of roles are a list of JSON objects with `id`, `value` and
  /// `displayName`. [Entra provisioning-clients 2.7-14]
  [[nodiscard]] virtual Value attribute(std::string_view name) const = 0;
  [[nodiscard]] virtual base::Instant now() const = 0;
  /// What Guid and RandomString draw from; null where an expression may not draw.
  [[nodiscard]] virtual base::Rng* rng() { return nullptr; }
  /// Whether the cycle found the attribute as it was in the one before; asked only of what `forgets_unchanged` allows.
  [[nodiscard]] virtual bool unchanged(std::string_view /*name*/) const { return false; }
  /// The documented fault: Switch is null when its source did not change and something else did.
  /// [Entra provisioning-clients 2.19-26]
  [[nodiscard]] virtual bool forgets_unchanged() const { return false; }
};

enum class ErrorCode {
  wrong_type,     ///< a list where one value is asked for, a text that is no number
  missing_value,  ///< null where nothing can be done without a value
  bad_argument,   ///< no such interval, culture, style or mode
  bad_date,       ///< no date, or not as the format says
  bad_pattern,    ///< of a regular expression or a date
  out_of_range,   ///< a position, a length or a date
  too_long,       ///< a text beyond `longest_text`
  no_randomness   ///< the context lets nothing be drawn
};

[[nodiscard]] std::string_view to_text(ErrorCode code);

struct EvaluationError {
  ErrorCode code = ErrorCode::wrong_type;
  std::size_t offset = 0;  ///< of the call in the expression's text, in bytes
  std::string text;        ///< begins with the function's name

  bool operator==(const EvaluationError&) const = default;
};

/// Bytes; ours, so that no expression eats all memory.
inline constexpr std::size_t longest_text = 1'048'576;

/// What the roles of an outcome do with those that the target has. [Entra provisioning-clients 2.7-14]
/// [Entra provisioning-clients 2.7-15]
enum class RoleChange { none, add, replace };

struct Outcome {
  Value value{};
  bool ignored = false;   ///< IgnoreFlowIfNullOrEmpty takes the attribute out of the body [Entra provisioning-clients 2.19-12]
  bool redacted = false;  ///< logs show `redacted_text` in its place [Entra provisioning-clients 2.19-21]
  RoleChange roles = RoleChange::none;

  bool operator==(const Outcome&) const = default;
};

inline constexpr std::string_view redacted_text = "[Redact]";

/// The value as a log shows it: null as the empty text, several values with a comma and a blank between.
[[nodiscard]] std::string log_text(const Outcome& outcome);

/// IIF, Switch and Coalesce evaluate no argument that they do not return or compare. Assumed, as are these two: a function that
/// is given null for the text or date it works on is null, unless it says otherwise; and what a redacted value went into
/// is redacted too.
[[nodiscard]] std::expected<Outcome, EvaluationError> evaluate(const Expression& expression, Context& context);

}  // namespace fakes::entra::expression
