#include "sim/redactor.h"

#include <algorithm>
#include <cstdint>

#include "base/encoding.h"
#include "base/json.h"

namespace sim {
namespace {

constexpr std::size_t shortest_form = 4;
constexpr std::size_t beginnings = std::size_t{1} << 20;

/// Of the first four characters, of which there are as many.
std::size_t hash_of_beginning(std::string_view text) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < shortest_form; ++i) word = word << 8 | static_cast<unsigned char>(text[i]);
  return (word * 2'654'435'761U) >> 12;
}

}  // namespace

std::vector<std::string> forms_of_secret(std::string_view secret) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (form.size() >= shortest_form && std::ranges::find(forms, form) == forms.end()) forms.push_back(std::move(form));
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
    auto forms = forms_of_secret(secret);
    for (auto& form : forms) forms_.push_back(std::move(form));
  }
  std::ranges::sort(forms_);
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
  if (!forms_.empty()) beginnings_.resize(beginnings);
  for (const auto& form : forms_) {
    beginnings_[hash_of_beginning(form)] = true;
    lengths_.push_back(form.size());
  }
  std::ranges::sort(lengths_);
  lengths_.erase(std::unique(lengths_.begin(), lengths_.end()), lengths_.end());
}

std::string Redactor::operator()(std::string_view text) const {
  static constexpr std::string_view mark = "[redacted]";
  // Every form is looked for in the text as it came: a secret may begin inside another one.
  std::vector<bool> covered(text.size());
  for (std::size_t at = 0; !forms_.empty() && at + shortest_form <= text.size(); ++at) {
    const auto rest = text.substr(at);
    if (!beginnings_[hash_of_beginning(rest)]) continue;
    // Of very many forms another may have this hash: one search for the beginning, before one for each length.
    const auto beginning = rest.substr(0, shortest_form);
    const auto first = std::ranges::lower_bound(forms_, beginning);
    if (first == forms_.end() || !first->starts_with(beginning)) continue;
    for (const auto length : lengths_) {
      if (length > rest.size()) break;
      if (!std::binary_search(first, forms_.end(), rest.substr(0, length))) continue;
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), length, true);
    }
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
