// Filters for property tests: trees of the whole grammar, of which the leaves come from outside, so that one
// test asks for any names and values and another for those that a resource type knows.
#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "directory/scim/filter.h"

namespace directory::scim {

inline void showValue(const Filter& filter, std::ostream& out) {  // NOLINT: the name is RapidCheck's
  out << to_text(filter);
}

inline rc::Gen<Operator> any_operator() {
  return rc::gen::element(Operator::eq, Operator::ne, Operator::co, Operator::sw, Operator::ew, Operator::gt,
                          Operator::lt, Operator::ge, Operator::le);
}

/// Text with everything that JSON escapes and a filter could stumble over.
inline rc::Gen<std::string> any_value_text() {
  const auto piece =
      rc::gen::element<std::string>("a", "Z", "7", " ", "\"", "\\", "/", "\n", "\x01", "\x7F", "+", "%",
                                    "\xC3\xA9", "\xF0\x9F\x98\x80", " and ", " eq ", "]", "(", ")", "[", ".");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& one : pieces) text += one;
                        return text;
                      });
}

inline rc::Gen<base::Json> any_filter_value() {
  return rc::gen::oneOf(
      rc::gen::map(any_value_text(), [](const std::string& text) { return base::Json(text); }),
      rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t value) { return base::Json(value); }),
      rc::gen::map(rc::gen::inRange(-4000, 4000), [](int value) { return base::Json(value / 7.0); }),
      rc::gen::map(rc::gen::arbitrary<bool>(), [](bool value) { return base::Json(value); }),
      rc::gen::just(base::Json(nullptr)));
}

/// Trees over `leaf`; `values_of` makes a value path, and is asked for none within one.
class FilterTrees {
 public:
  FilterTrees(rc::Gen<Filter> leaf, rc::Gen<Filter> value_path)
      : leaf_(std::move(leaf)), value_path_(std::move(value_path)) {}

  [[nodiscard]] rc::Gen<Filter> tree(int depth) const {
    if (depth == 0) return rc::gen::weightedOneOf<Filter>({{4, leaf_}, {1, value_path_}});
    const auto inner = tree(depth - 1);
    return rc::gen::weightedOneOf<Filter>({{3, leaf_},
                                           {1, value_path_},
                                           {2, joined<All>(inner)},
                                           {2, joined<Any>(inner)},
                                           {1, negated(inner)}});
  }

  static rc::Gen<Filter> negated(const rc::Gen<Filter>& inner) {
    return rc::gen::map(inner, [](Filter part) {
      Not negation;
      negation.part.push_back(std::move(part));
      return Filter{std::move(negation)};
    });
  }

  template <class Joined>
  static rc::Gen<Filter> joined(const rc::Gen<Filter>& inner) {
    return rc::gen::map(
        rc::gen::pair(inner,
                      rc::gen::resize(2, rc::gen::nonEmpty(rc::gen::container<std::vector<Filter>>(inner)))),
        [](std::pair<Filter, std::vector<Filter>> parts) {
          parts.second.push_back(std::move(parts.first));
          return Filter{Joined{std::move(parts.second)}};
        });
  }

 private:
  rc::Gen<Filter> leaf_;
  rc::Gen<Filter> value_path_;
};

inline Filter make_value_path(AttributePath path, Filter inner) {
  ValuePath value_path{std::move(path), {}};
  value_path.filter.push_back(std::move(inner));
  return Filter{std::move(value_path)};
}

/// The comparisons and `pr`s in a filter.
inline std::size_t count_leaves(const Filter& filter) {
  const auto sum = [](const std::vector<Filter>& parts) {
    std::size_t count = 0;
    for (const auto& part : parts) count += count_leaves(part);
    return count;
  };
  if (const auto* all = std::get_if<All>(&filter.node)) return sum(all->parts);
  if (const auto* any = std::get_if<Any>(&filter.node)) return sum(any->parts);
  if (const auto* negation = std::get_if<Not>(&filter.node)) return sum(negation->part);
  if (const auto* value_path = std::get_if<ValuePath>(&filter.node)) return sum(value_path->filter);
  return 1;
}

}  // namespace directory::scim
