// What tests of a sign-in read its pages with, as a person's browser does: forms, fields, problems, where it is sent back to.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/uri.h"
#include "fakes/oidc/form.h"

namespace fakes::oidc {

using Fields = Parameters;
using HeaderFields = std::vector<std::pair<std::string, std::string>>;

inline std::string unescape_html(std::string text) {
  for (const auto& [entity, plain] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) text.replace(at, std::string_view(entity).size(), plain);
  }
  return text;
}

/// An attribute of the tag that begins at `tag`.
inline std::string attribute(std::string_view tag, std::string_view name) {
  tag = tag.substr(0, tag.find('>'));
  const auto begin = tag.find(" " + std::string(name) + "=\"");
  if (begin == std::string_view::npos) return {};
  const auto value = tag.substr(begin + name.size() + 3);
  return unescape_html(std::string(value.substr(0, value.find('"'))));
}

struct Form {
  std::string action;
  std::string method;
  Fields fields;  ///< with the values that the page gives them

  [[nodiscard]] bool asks_for(std::string_view name) const {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
  }
};

inline std::vector<Form> forms_of(std::string_view html) {
  std::vector<Form> out;
  for (auto at = html.find("<form"); at != std::string_view::npos; at = html.find("<form", at + 1)) {
    const auto text = html.substr(at, html.find("</form>", at) - at);
    Form form{attribute(text, "action"), attribute(text, "method"), {}};
    for (auto input = text.find("<input"); input != std::string_view::npos; input = text.find("<input", input + 1))
      form.fields.emplace_back(attribute(text.substr(input), "name"), attribute(text.substr(input), "value"));
    out.push_back(std::move(form));
  }
  return out;
}

/// What the page says went wrong.
inline std::string problem_of(const base::HttpResponse& page) {
  const auto at = page.body.find("id=\"error\"");
  if (at == std::string::npos) return {};
  const auto begin = page.body.find('>', at) + 1;
  return unescape_html(page.body.substr(begin, page.body.find('<', begin) - begin));
}

/// The parameters with which the browser is sent back, of the query or the fragment.
inline base::Target sent_back(const base::HttpResponse& response) {
  const std::string location(response.headers.find("Location").value_or(""));
  const auto begin = location.contains('#') ? location.find('#') : location.find('?');
  if (begin == std::string::npos) return {};
  return base::parse_target("/?" + location.substr(begin + 1)).value_or(base::Target{});
}

inline base::JsonObject json_of(const base::HttpResponse& response) {
  auto json = base::parse_json(response.body);
  return json && json->is_object() ? json->get_object() : base::JsonObject{};
}

inline std::string text_in(const base::JsonObject& object, std::string_view name) { return base::string_or(object, name, ""); }

}  // namespace fakes::oidc
