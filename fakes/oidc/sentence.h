// Sentences of errors, with places for what they are about.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace fakes::oidc {

/// Each `{}` of the sentence gives way to the next value.
[[nodiscard]] inline std::string with_values(std::string_view sentence, std::initializer_list<std::string_view> values) {
  std::string out;
  for (const auto value : values) {
    const auto place = sentence.find("{}");
    if (place == std::string_view::npos) break;
    out += sentence.substr(0, place);
    out += value;
    sentence.remove_prefix(place + 2);
  }
  out += sentence;
  return out;
}

}  // namespace fakes::oidc
