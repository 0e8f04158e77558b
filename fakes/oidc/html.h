// Pages that a person sees: plain forms that work without scripts, every value escaped.
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "fakes/oidc/form.h"

namespace fakes::oidc {

/// For text and for quoted attribute values.
[[nodiscard]] std::string escape_html(std::string_view text);

/// `body` is HTML.
[[nodiscard]] base::HttpResponse html_page(int status, std::string_view title, std::string_view body);

/// A field that a person fills in. `autocomplete` says what for. [HTML autocomplete]
struct Field {
  std::string_view name;
  std::string_view label;
  std::string_view type;
  std::string_view autocomplete;
  std::string_view value{};
};

[[nodiscard]] std::string field_html(const Field& field);
[[nodiscard]] std::string hidden_html(std::string_view name, std::string_view value);
/// What went wrong, in an element of role alert; nothing for an empty text.
[[nodiscard]] std::string alert_html(std::string_view text);

/// Posts the parameters to an app, by itself where scripts run.
[[nodiscard]] base::HttpResponse form_post_page(std::string_view address, const Parameters& parameters);
[[nodiscard]] base::HttpResponse redirect(std::string address);

}  // namespace fakes::oidc
