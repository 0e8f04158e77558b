#include "directory/insights/user_agent.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace directory {
namespace {

constexpr std::size_t longest_header = 512;

struct Product {
  std::string_view name;
  std::string_view version;
};

bool is_token(char c) { return c != ' ' && c != '/' && c != '(' && c != ')' && c != ';'; }

/// The `name/version` that starts at `at`.
Product product_at(std::string_view text, std::size_t at) {
  const auto until = [&](std::size_t from) {
    return static_cast<std::size_t>(std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_token) -
                                    text.begin());
  };
  const auto end = until(at);
  Product product{text.substr(at, end - at), {}};
  if (end < text.size() && text[end] == '/') product.version = text.substr(end + 1, until(end + 1) - end - 1);
  return product;
}

/// Browsers all begin with Mozilla and name others' engines; the first of these that is there says which it is.
Product product_of(std::string_view header) {
  constexpr std::array<std::string_view, 5> browsers{"Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/"};
  if (header.starts_with("Mozilla/")) {
    for (const auto browser : browsers) {
      if (const auto at = header.find(browser); at != std::string_view::npos) return product_at(header, at);
    }
  }
  return product_at(header, 0);
}

std::string_view operating_system(std::string_view header) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> systems{
      {{"Windows", "Windows"}, {"iPhone", "iOS"}, {"iPad", "iOS"}, {"Mac OS X", "Mac OS X"}, {"Darwin", "Mac OS X"},
       {"Android", "Android"}, {"Linux", "Linux"}}};
  for (const auto& [mark, name] : systems) {
    if (header.find(mark) != std::string_view::npos) return name;
  }
  return "";
}

std::string_view next_number(std::string_view& version) {
  const auto end = std::min(version.find('.'), version.size());
  const auto number = version.substr(0, end);
  version.remove_prefix(std::min(end + 1, version.size()));
  return number;
}

}  // namespace

base::JsonObject user_agent_fields(std::string_view header) {
  header = header.substr(0, longest_header);
  auto [name, version] = product_of(header);
  const auto major = next_number(version);
  const auto minor = next_number(version);
  const auto system = operating_system(header);
  using base::json_text;
  return {{"name", json_text(name)}, {"major", json_text(major)},     {"minor", json_text(minor)},   {"build", json_text(version)},
          {"os", json_text(system)}, {"os_name", json_text(system)}, {"device", json_text("Other")}};
}

}  // namespace directory
