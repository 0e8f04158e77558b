// The parser of filters, by recursive descent over the text.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "fakes/scim/comparison.h"
#include "fakes/scim/filter.h"

namespace fakes::scim {
namespace {

using Kind = Condition::Kind;
using Type = Attribute::Type;
using Parsed = std::expected<Condition, ScimError>;

struct OperatorName {
  std::string_view name;
  Operator op;
};

constexpr std::array operator_names{
    OperatorName{"eq", Operator::eq}, OperatorName{"ne", Operator::ne}, OperatorName{"co", Operator::co},
    OperatorName{"sw", Operator::sw}, OperatorName{"ew", Operator::ew}, OperatorName{"gt", Operator::gt},
    OperatorName{"ge", Operator::ge}, OperatorName{"lt", Operator::lt}, OperatorName{"le", Operator::le},
    OperatorName{"pr", Operator::pr}};

std::unexpected<ScimError> refuse_filter(std::string detail) {
  return std::unexpected(bad_request("invalidFilter", std::move(detail)));
}

bool is_order(Operator op) {
  return op == Operator::gt || op == Operator::ge || op == Operator::lt || op == Operator::le;
}

bool is_substring(Operator op) { return op == Operator::co || op == Operator::sw || op == Operator::ew; }

const Attribute& compared(const AttributePath& path) {
  return path.sub_attribute != nullptr ? *path.sub_attribute : *path.attribute;
}

/// Why an attribute of this type has no such comparison; empty where it has.
std::string objection(const Attribute& attribute, Operator op, const base::Json& operand, const Quirks& quirks) {
  if (attribute.type == Type::complex) return "is complex: name one of its sub-attributes";
  if (is_order(op) && attribute.type == Type::boolean && !quirks.has(Quirk::filter_orders_booleans)) {
    return "is a boolean, which has no order";
  }
  if (is_order(op) && attribute.type == Type::binary && !quirks.has(Quirk::filter_orders_binary)) {
    return "is binary, which has no order";
  }
  if (operand.is_null()) {
    const bool allowed = op == Operator::eq || op == Operator::ne;
    return allowed ? "" : "cannot be compared with null in this way";
  }
  switch (attribute.type) {
    case Type::boolean:
      if (quirks.has(Quirk::filter_boolean_text_never_equal) && operand.is_string()) return "";
      if (!operand.is_bool()) return "is a boolean: compare it with true or false";
      return is_substring(op) ? "is a boolean, which has no parts" : "";
    case Type::integer:
    case Type::decimal:
      return operand.is_number() && !is_substring(op) ? "" : "is a number: compare it with a number";
    default:
      break;
  }
  if (!operand.is_string()) return "is a text: compare it with one in double quotes";
  if (attribute.type == Type::date_time && !is_substring(op) && !date_time_of(base::as_text(operand.get_string()))) {
    return "is a dateTime: compare it with one, as in \"2026-01-05T08:00:00Z\"";
  }
  return "";
}

/// Met by nothing, as it has no part that could be.
const Condition never{Kind::any, {}, {}, {}, {}};

class Parser {
 public:
  /// Paths are those of the type or, where `parent` is given, names of its sub-attributes.
  Parser(std::string_view text, const ResourceType* type, const Attribute* parent, const Quirks& quirks)
      : rest_(text), type_(type), parent_(parent), quirks_(quirks) {
    if (quirks.has(Quirk::filter_or_binds_tighter)) precedence_ = {{Kind::all}, {Kind::any}};
    if (quirks.has(Quirk::filter_left_to_right)) precedence_ = {{Kind::any, Kind::all}};
  }

  Parsed parse() {
    auto condition = joined(0);
    if (!condition) return condition;
    skip_blanks();
    if (!rest_.empty()) return refuse_filter(fmt::format("cannot read the filter from \"{}\" on", rest_));
    return condition;
  }

 private:
  /// Parts of one level of precedence and what joins them; behind the last level stand single conditions.
  Parsed joined(std::size_t level) {
    if (level == precedence_.size()) return single();
    auto left = joined(level + 1);
    while (left) {
      const auto kind = take_joint(level);
      if (!kind) break;
      auto right = joined(level + 1);
      if (!right) return right;
      const auto joint = joint_for(*kind);
      if (left->kind != joint || left->parts.empty()) left = Condition{joint, {}, {}, {}, {*std::move(left)}};
      left->parts.push_back(*std::move(right));
    }
    return left;
  }

  [[nodiscard]] Kind joint_for(Kind kind) const {
    if (kind == Kind::all && quirks_.has(Quirk::filter_and_as_or)) return Kind::any;
    return kind == Kind::any && quirks_.has(Quirk::filter_or_as_and) ? Kind::all : kind;
  }

  std::optional<Kind> take_joint(std::size_t level) {
    skip_blanks();
    const auto word = peek_word();
    for (const auto kind : precedence_[level]) {
      if (!is_keyword(word, kind == Kind::any ? "or" : "and")) continue;
      rest_.remove_prefix(word.size());
      return kind;
    }
    return std::nullopt;
  }

  Parsed single() {
    skip_blanks();
    if (rest_.starts_with('(')) return bracketed(')');
    const auto word = peek_word();
    if (word.empty()) return refuse_filter(rest_.empty() ? "the filter ends where a condition is expected"
                                                  : fmt::format("a condition cannot begin with \"{}\"", rest_));
    rest_.remove_prefix(word.size());
    if (is_keyword(word, "not")) return negated();
    if (rest_.starts_with('[')) return value_path(word);
    return comparison(word);
  }

  Parsed bracketed(char closing) {
    if (++depth_ > deepest_filter && quirks_.has(Quirk::deep_filters_fail)) {
      return std::unexpected(ScimError{500, "", "the filter could not be read"});
    }
    if (depth_ > deepest_filter) return refuse_filter("the filter has too many brackets within brackets");
    rest_.remove_prefix(1);
    auto inner = joined(0);
    if (!inner) return inner;
    skip_blanks();
    if (!rest_.starts_with(closing)) return refuse_filter(fmt::format("a bracket is not closed by \"{}\"", closing));
    rest_.remove_prefix(1);
    --depth_;
    return inner;
  }

  Parsed negated() {
    skip_blanks();
    if (!quirks_.has(Quirk::filter_round_brackets_ignored) && !rest_.starts_with('(')) {
      return refuse_filter("round brackets have to follow \"not\"");
    }
    auto inner = single();
    if (!inner || quirks_.has(Quirk::filter_not_ignored)) return inner;
    return Condition{Kind::negation, {}, {}, {}, {*std::move(inner)}};
  }

  Parsed value_path(std::string_view name) {
    if (parent_ != nullptr) return refuse_filter("square brackets cannot stand within square brackets");
    const auto path = find(name);
    if (!path) return std::unexpected(path.error());
    if (path->sub_attribute != nullptr || path->attribute->type != Type::complex) {
      return refuse_filter(fmt::format("\"{}\" has no sub-attributes to put into square brackets", name));
    }
    parent_ = path->attribute;
    auto inner = bracketed(']');
    parent_ = nullptr;
    if (!inner) return inner;
    if (is_blind_to(*path)) return never;
    return Condition{Kind::same_value, *path, {}, {}, {*std::move(inner)}};
  }

  Parsed comparison(std::string_view name) {
    auto path = find(name);
    if (!path && !quirks_.has(Quirk::filter_unknown_attribute_ignored)) return std::unexpected(path.error());
    skip_blanks();
    const auto word = peek_word();
    rest_.remove_prefix(word.size());
    const auto op = find_operator(word);
    if (!op) return std::unexpected(op.error());
    base::Json operand;
    if (*op != Operator::pr) {
      auto read = take_operand();
      if (!read) return std::unexpected(read.error());
      operand = *std::move(read);
    }
    if (!path) return Condition{};
    const bool bare = path->attribute->type == Type::complex && path->attribute->multi_valued && path->sub_attribute == nullptr;
    const bool lost = bare && *op != Operator::pr && quirks_.has(Quirk::filter_multi_valued_needs_sub_attribute);
    if (lost || is_blind_to(*path) || (*op == Operator::ew && quirks_.has(Quirk::filter_ew_never_matches))) return never;
    if (operand.is_null() && *op != Operator::pr && quirks_.has(Quirk::filter_null_fails)) {
      return std::unexpected(ScimError{500, "", "null could not be compared"});
    }
    return checked({Kind::comparison, *path, *op, std::move(operand), {}}, name);
  }

  /// The comparison as it will be made, if the attribute has such a one.
  Parsed checked(Condition condition, std::string_view name) const {
    auto& path = condition.path;
    if (compared(path).returned == Attribute::Returned::never && !quirks_.has(Quirk::filter_finds_passwords)) {
      return std::unexpected(ScimError{403, "sensitive", fmt::format("\"{}\" cannot be searched for", name)});
    }
    if (quirks_.has(Quirk::filter_external_id_ignored) && compared(path).name == "externalId") return Condition{};
    if (condition.op == Operator::pr) return condition;
    if (path.sub_attribute == nullptr && compared(path).type == Type::complex && path.attribute->multi_valued) {
      path.sub_attribute = default_sub_attribute(*path.attribute);
    }
    if (compared(path).type == Type::boolean) condition.operand = as_boolean(std::move(condition.operand));
    const auto why_not = objection(compared(path), condition.op, condition.operand, quirks_);
    if (!why_not.empty()) return refuse_filter(fmt::format("\"{}\" {}", name, why_not));
    return condition;
  }

  /// Entra writes `roles[primary eq "True"]`. [Entra provisioning-clients 2.7-13]
  base::Json as_boolean(base::Json operand) const {
    if (!operand.is_string() || quirks_.has(Quirk::filter_boolean_text_never_equal)) return operand;
    const auto text = base::to_lower(base::as_text(operand.get_string()));
    if (text != "true" && text != "false") return operand;
    return text == "true";
  }

  /// Whether a quirk keeps conditions on the attribute from ever being met.
  [[nodiscard]] bool is_blind_to(const AttributePath& path) const {
    const auto& name = path.attribute->name;
    if (path.extension != nullptr) return quirks_.has(Quirk::filter_extension_never_matches);
    if (name == "schemas") return quirks_.has(Quirk::filter_schemas_never_match);
    if (name == "meta") return quirks_.has(Quirk::filter_meta_never_matches);
    if (name == "members") return quirks_.has(Quirk::filter_members_never_match);
    if (name == "name") return quirks_.has(Quirk::filter_dotted_never_matches);
    return false;
  }

  std::expected<AttributePath, ScimError> find(std::string_view name) const {
    std::optional<AttributePath> path;
    if (parent_ == nullptr) {
      path = find_attribute(*type_, name, quirks_);
    } else if (const auto* sub_attribute = find_sub_attribute(*parent_, name, quirks_)) {
      path = AttributePath{nullptr, sub_attribute, nullptr};
    }
    if (!path || path->attribute == nullptr) return refuse_filter(fmt::format("there is no attribute \"{}\" to filter by", name));
    if (quirks_.has(Quirk::filter_sub_attribute_ignored) && path->attribute->type == Type::complex &&
        path->attribute->multi_valued) {
      path->sub_attribute = default_sub_attribute(*path->attribute);
    }
    return *path;
  }

  std::expected<Operator, ScimError> find_operator(std::string_view word) const {
    const auto found = std::ranges::find_if(operator_names, [&](const auto& name) { return is_keyword(word, name.name); });
    const bool known = found != operator_names.end();
    if (known) return found->op;
    if (word.empty()) return refuse_filter("the filter ends where an operator is expected");
    if (quirks_.has(Quirk::filter_unknown_operator_as_eq)) return Operator::eq;
    if (quirks_.has(Quirk::filter_unknown_operator_unnamed)) return std::unexpected(bad_request("", ""));
    return refuse_filter(fmt::format("there is no operator \"{}\"", word));
  }

  std::expected<base::Json, ScimError> take_operand() {
    skip_blanks();
    const auto text = rest_.substr(0, operand_length());
    rest_.remove_prefix(text.size());
    if (quirks_.has(Quirk::filter_escapes_kept) && text.size() > 1 && text.starts_with('"') && text.ends_with('"')) {
      return base::json_text(text.substr(1, text.size() - 2));
    }
    auto operand = base::parse_json(text);
    if (!operand) {
      return refuse_filter(text.empty() ? "the filter ends where a value is expected"
                                 : fmt::format("\"{}\" is no value: texts stand in double quotes", text));
    }
    return *std::move(operand);
  }

  /// Up to the closing quote, if it is a text, or the end of the word.
  [[nodiscard]] std::size_t operand_length() const {
    if (!rest_.starts_with('"')) return peek_word().size();
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] == '\\') ++at;
      else if (rest_[at] == '"') return at + 1;
    }
    return rest_.size();
  }

  [[nodiscard]] std::string_view peek_word() const {
    return rest_.substr(0, std::min(rest_.find_first_of(" ()[]\""), rest_.size()));
  }

  [[nodiscard]] bool is_keyword(std::string_view word, std::string_view keyword) const {
    if (quirks_.has(Quirk::filter_operators_with_case)) return word == keyword;
    return base::equals_ignoring_case(word, keyword);
  }

  void skip_blanks() {
    const auto* blanks = quirks_.has(Quirk::filter_round_brackets_ignored) ? " ()" : " ";
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
  }

  std::string_view rest_;
  const ResourceType* type_;
  const Attribute* parent_;
  const Quirks& quirks_;
  std::vector<std::vector<Kind>> precedence_{{Kind::any}, {Kind::all}};
  std::size_t depth_ = 0;
};

std::expected<Filter, ScimError> parse(std::string_view text, const ResourceType* type, const Attribute* parent,
                                       const Quirks& quirks) {
  if (text.size() > longest_filter && quirks.has(Quirk::long_filters_fail)) return std::unexpected(ScimError{500, "", "the filter could not be read"});
  if (text.size() > longest_filter) return refuse_filter(fmt::format("the filter is longer than {} bytes", longest_filter));
  auto root = Parser(text, type, parent, quirks).parse();
  if (!root) return std::unexpected(root.error());
  return Filter{*std::move(root), quirks};
}

}  // namespace

std::expected<Filter, ScimError> parse_filter(std::string_view text, const ResourceType& type, const Quirks& quirks) {
  auto filter = parse(text, &type, nullptr, quirks);
  if (filter) return filter;
  const bool empty = text.find_first_not_of(' ') == std::string_view::npos;
  const bool ignored = quirks.has(empty ? Quirk::filter_empty_matches_all : Quirk::filter_unreadable_matches_all);
  auto lenient = quirks;
  lenient.add(Quirk::filter_unknown_attribute_ignored);
  const bool readable = parse(text, &type, nullptr, lenient).has_value();
  if (ignored && !readable && filter.error().scim_type == "invalidFilter") return Filter{Condition{}, quirks};
  return filter;
}

std::expected<Filter, ScimError> parse_value_filter(std::string_view text, const Attribute& attribute,
                                                    const Quirks& quirks) {
  return parse(text, nullptr, &attribute, quirks);
}

std::optional<base::JsonObject> value_described_by(const Filter& filter) {
  const std::vector<Condition> alone{filter.root};
  const auto& conditions = filter.root.kind == Kind::all ? filter.root.parts : alone;
  base::JsonObject value;
  for (const auto& condition : conditions) {
    if (condition.kind != Kind::comparison || condition.op != Operator::eq || condition.operand.is_null()) return std::nullopt;
    value[base::json_key(condition.path.attribute->name)] = condition.operand;
  }
  if (value.empty()) return std::nullopt;
  return value;
}

}  // namespace fakes::scim
