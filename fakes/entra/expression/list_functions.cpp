// Functions of attributes with several values; one value is a list of one, and null a list of none.
#include <algorithm>
#include <set>

#include "fakes/entra/expression/families.h"
#include "fakes/entra/expression/letters.h"

namespace fakes::entra::expression {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Value count(Arguments& arguments) { return static_cast<std::int64_t>(arguments.list(0).size()); }

/// Assumed: as Entra Connect's function of this name, it fails beyond the last value.
Value item(Arguments& arguments) {
  const auto list = arguments.list(0);
  const auto index = arguments.integer(1);
  if (arguments.failed()) return {};
  if (index < 1 || static_cast<std::uint64_t>(index) > list.size()) {
    return arguments.fail(ErrorCode::out_of_range,
                          "there is no value " + std::to_string(index) + " among " + std::to_string(list.size()));
  }
  return list[static_cast<std::size_t>(index - 1)];
}

/// Assumed: letter case counts, and the first of several stays.
Value remove_duplicates(Arguments& arguments) {
  auto value = arguments.value(0);
  auto* list = std::get_if<Texts>(&value);
  if (list == nullptr) return value;
  std::set<std::string> met;
  std::erase_if(*list, [&met](const std::string& text) { return !met.insert(text).second; });
  return value;
}

/// Empty values are left out: documented is a result without a separator before the first name, for an empty text as the first
/// source. Assumed: where all are empty, so is the result.
Value join(Arguments& arguments) {
  const auto separator = arguments.text_or_empty(0);
  std::string out;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    for (const auto& text : arguments.list(i)) {
      if (text.empty()) continue;
      if (!out.empty()) out += separator;
      out += text;
      if (!arguments.fits(out.size())) return {};
    }
  }
  return out;
}

/// Blanks around a part go; documented for a list with a comma and a blank between. Assumed: so do parts of nothing else.
Value split(Arguments& arguments) {
  const auto source = arguments.text(0);
  const auto delimiter = arguments.text_or_empty(1);
  if (!source || arguments.failed()) return {};
  if (code_points(delimiter).size() != 1) return arguments.fail(ErrorCode::bad_argument, "the delimiter is one character");
  Texts parts;
  for (std::size_t at = 0; at <= source->size();) {
    const auto end = std::min(source->find(delimiter, at), source->size());
    const auto part = trimmed(std::string_view(*source).substr(at, end - at));
    if (!part.empty()) parts.emplace_back(part);
    at = end + delimiter.size();
  }
  return parts;
}

}  // namespace fakes::entra::expression
