// Forms, cookies and JSON answers: what endpoints of sign-in read and write around their parameters.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/uri.h"

namespace fakes::oidc {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Of a form or a query. [RFC6749 B]
[[nodiscard]] std::string form_text(const Parameters& parameters);

[[nodiscard]] bool is_form(const base::HttpRequest& request);
/// The body's parameters; empty where they cannot be read.
[[nodiscard]] std::optional<base::Target> read_form(const base::HttpRequest& request);

/// The first cookie of that name. [RFC6265 5.4]
[[nodiscard]] std::optional<base::Secret> find_cookie(const base::HttpRequest& request, std::string_view name);

/// What stands between spaces: scopes, response types.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);
[[nodiscard]] bool holds(const std::vector<std::string>& list, std::string_view text);

/// Not to be kept by anybody. [RFC6749 5.1]
[[nodiscard]] base::HttpResponse json_answer(int status, const base::JsonObject& body);
/// Adds the value where there is one.
void put_text(base::JsonObject& object, std::string_view name, std::string_view value);

/// 405 with the methods that there are.
[[nodiscard]] base::HttpResponse wrong_method(std::string_view allowed);

}  // namespace fakes::oidc
