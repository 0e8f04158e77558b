#include "sim/redactor.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/json.h"

namespace sim {

std::vector<std::string> forms_of_secret(std::string_view secret) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (form.size() >= 4 && std::ranges::find(forms, form) == forms.end()) forms.push_back(std::move(form));
  };
  add(std::string(secret));
  const auto json = base::to_text(base::json_text(secret));
  add(json.substr(1, json.size() - 2));
  add(base::percent_encode(secret));
  // Inside a longer base64 text a secret shows at one of three alignments; the first and the last characters
  // mix with its neighbours and are left out.
  for (std::size_t shift = 0; shift < 3; ++shift) {
    const auto padded = std::string(shift, '\0') + std::string(secret);
    const auto whole = padded.size() / 3 * 3;
    const std::size_t skipped = shift == 0 ? 0 : 4;
    if (whole / 3 * 4 <= skipped) continue;
    add(base::to_base64(std::string_view(padded).substr(0, whole)).substr(skipped));
    add(base::to_base64url(std::string_view(padded).substr(0, whole)).substr(skipped));
  }
  return forms;
}

Redactor::Redactor(const std::set<std::string, std::less<>>& secrets) {
  for (const auto& secret : secrets) {
    for (auto& form : forms_of_secret(secret)) forms_.push_back(std::move(form));
  }
}

std::string Redactor::operator()(std::string_view text) const {
  static constexpr std::string_view mark = "[redacted]";
  // Every form is looked for in the text as it came: a secret may begin inside another one.
  std::vector<bool> covered(text.size());
  for (const auto& form : forms_) {
    for (auto at = text.find(form); at != std::string_view::npos; at = text.find(form, at + 1))
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), form.size(), true);
  }
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!covered[at]) {
      out += text[at];
    } else if (at == 0 || !covered[at - 1]) {
      out += mark;
    }
  }
  return out;
}

}  // namespace sim
