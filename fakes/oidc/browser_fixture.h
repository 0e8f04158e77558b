// What tests of a sign-in act and read its pages with, as a person's browser does: forms, fields, problems, cookies, where it is sent
// back to; and as a client does: tokens and what is in them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/jose.h"
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

/// Fields of which later ones replace earlier ones, and an empty value drops one.
inline Fields changed(const Fields& fields, const Fields& more) {
  std::map<std::string, std::string> out{fields.begin(), fields.end()};
  for (const auto& [name, value] : more) {
    out[name] = value;
    if (value.empty()) out.erase(name);
  }
  return {out.begin(), out.end()};
}

/// Clients and one browser of a service.
class Visitor {
 protected:
  using Ask = std::function<base::HttpResponse(const base::HttpRequest&)>;
  explicit Visitor(Ask ask) : ask_(std::move(ask)) {}

  base::HttpResponse send(const std::string& method, const std::string& target, const HeaderFields& headers = {}, std::string body = {}) {
    base::HttpRequest request;
    request.method = method;
    request.target = target;
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    request.body = std::move(body);
    return ask_(request);
  }
  base::HttpResponse get(const std::string& target, const HeaderFields& headers = {}) { return send("GET", target, headers); }
  base::HttpResponse post(const std::string& target, const Fields& fields, HeaderFields headers = {}) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", target, headers, form_text(fields));
  }

  /// Types into one of the page's forms and sends it.
  base::HttpResponse fill_in(const base::HttpResponse& page, const Fields& typed, std::size_t which = 0) {
    const auto forms = forms_of(page.body);
    EXPECT_GT(forms.size(), which) << page.body;
    if (forms.size() <= which) return base::HttpResponse(0);
    auto fields = forms[which].fields;
    for (const auto& [name, value] : typed) {
      const auto field = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
      EXPECT_NE(field, fields.end()) << "no field " << name << " in " << page.body;
      if (field != fields.end()) field->second = value;
    }
    EXPECT_EQ(forms[which].method, "post");
    return post(forms[which].action, fields, cookies());
  }
  [[nodiscard]] HeaderFields cookies() const { return cookie_.empty() ? HeaderFields{} : HeaderFields{{"Cookie", "other=1; " + cookie_}}; }
  base::HttpResponse keep_cookie(base::HttpResponse response) {
    if (const auto set = response.headers.find("Set-Cookie")) {
      cookie_ = std::string(set->substr(0, set->find(';')));
      if (cookie_.ends_with('=')) cookie_.clear();
    }
    return response;
  }

  /// The claims of a token that one of the keys has signed.
  static base::JsonObject claims_signed_by(const base::JsonArray& keys, const std::string& text) {
    const auto token = base::parse_jwt(text);
    EXPECT_TRUE(token.has_value()) << text;
    if (!token) return {};
    EXPECT_EQ(text_in(token->header, "alg"), "RS256");
    bool genuine = false;
    for (const auto& jwk : keys) {
      const auto key = base::read_jwk(jwk);
      genuine = genuine || (key && key->id == text_in(token->header, "kid") && base::verify_rs256(*token, *key));
    }
    EXPECT_TRUE(genuine) << "no published key has signed the token";
    return token->claims;
  }

  std::string cookie_;

 private:
  Ask ask_;
};

}  // namespace fakes::oidc
