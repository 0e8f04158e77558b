#include "fakes/entra/expression/syntax.h"

#include "fakes/entra/expression/functions.h"

namespace fakes::entra::expression {
namespace {

void print(const Expression& expression, std::string& out);

struct Printer {
  std::string* out;

  void operator()(const Empty&) const {}
  void operator()(const Attribute& attribute) const { (((*out += '[') += attribute.name) += ']'); }
  void operator()(const Text& text) const {
    *out += '"';
    for (const char c : text.text) {
      if (c == '"' || c == '\\') *out += '\\';
      *out += c;
    }
    *out += '"';
  }
  void operator()(const Number& number) const { *out += std::to_string(number.value); }
  void operator()(const Boolean& boolean) const { *out += boolean.value ? "True" : "False"; }
  void operator()(const Constant& constant) const { *out += constant.name; }
  void operator()(const Call& call) const {
    (*out += call.function->name) += '(';
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      if (i > 0) *out += ", ";
      print(call.arguments[i], *out);
    }
    *out += ')';
  }
  void operator()(const Comparison& comparison) const {
    print(comparison.sides.front(), *out);
    ((*out += ' ') += sign(comparison.comparator)) += ' ';
    print(comparison.sides.back(), *out);
  }
};

void print(const Expression& expression, std::string& out) { std::visit(Printer{&out}, expression.node); }

void collect(const Expression& expression, std::vector<std::string>& names) {
  if (const auto* attribute = std::get_if<Attribute>(&expression.node)) names.push_back(attribute->name);
  if (const auto* call = std::get_if<Call>(&expression.node)) {
    for (const auto& argument : call->arguments) collect(argument, names);
  }
  if (const auto* comparison = std::get_if<Comparison>(&expression.node)) {
    for (const auto& side : comparison->sides) collect(side, names);
  }
}

}  // namespace

bool Call::operator==(const Call& other) const {
  return function == other.function && arguments == other.arguments;
}

bool Comparison::operator==(const Comparison& other) const {
  return comparator == other.comparator && sides == other.sides;
}

bool is_empty(const Expression& expression) { return std::holds_alternative<Empty>(expression.node); }

std::string_view sign(Comparator comparator) {
  switch (comparator) {
    case Comparator::equal:
      return "=";
    case Comparator::unequal:
      return "<>";
    case Comparator::greater:
      return ">";
    case Comparator::at_least:
      return ">=";
    case Comparator::less:
      return "<";
    case Comparator::at_most:
      break;
  }
  return "<=";
}

std::string to_text(const Expression& expression) {
  std::string out;
  print(expression, out);
  return out;
}

std::vector<std::string> attributes_of(const Expression& expression) {
  std::vector<std::string> names;
  collect(expression, names);
  return names;
}

}  // namespace fakes::entra::expression
