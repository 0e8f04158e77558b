// Takes secrets out of text, in every form in which they can lie there.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// The forms in which a secret can lie in text or on a disk: clear, base64 (both alphabets, at each of the
/// three alignments), percent-encoded, JSON-escaped. Forms shorter than four characters are left out.
[[nodiscard]] std::vector<std::string> forms_of_secret(std::string_view secret);

/// Replaces each form of each secret by `[redacted]`; forms that overlap or touch become one. The text is gone through once, however
/// many secrets there are: a world of ten thousand accounts has as many passwords.
class Redactor {
 public:
  explicit Redactor(const std::set<std::string, std::less<>>& secrets);

  [[nodiscard]] std::string operator()(std::string_view text) const;

 private:
  std::vector<std::string> forms_;    ///< sorted, each once
  std::vector<std::size_t> lengths_;  ///< of forms, each once
  std::vector<bool> beginnings_;      ///< by a hash of the first four characters: whether a form may begin so
};

}  // namespace sim
