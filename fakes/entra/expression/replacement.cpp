#include "fakes/entra/expression/replacement.h"

#include <re2/re2.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "fakes/entra/expression/letters.h"

namespace fakes::entra::expression {
namespace {

using Groups = std::vector<re2::StringPiece>;

std::string_view view(const re2::StringPiece& piece) { return {piece.data(), piece.size()}; }

/// `(?<name>` and `(?'name'` as RE2 spells them. Escapes and what stands between square brackets stay.
std::string in_re2_spelling(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    const auto rest = pattern.substr(at);
    if (c == '\\' && at + 1 < pattern.size()) {
      out += c;
      out += pattern[++at];
    } else if (in_class) {
      in_class = c != ']';
      out += c;
    } else if (c == '[') {
      in_class = true;
      out += c;
      // A bracket that comes first does not close.
      if (rest.substr(1).starts_with('^')) out += pattern[++at];
      if (pattern.substr(at + 1).starts_with(']')) out += pattern[++at];
    } else if (rest.starts_with("(?'") && rest.find('\'', 3) != std::string_view::npos) {
      const auto end = rest.find('\'', 3);
      ((out += "(?P<") += rest.substr(3, end - 3)) += '>';
      at += end;
    } else if (rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!")) {
      out += "(?P<";
      at += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::size_t length_of_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return length;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

struct Pattern::Compiled {
  explicit Compiled(const std::string& pattern, const RE2::Options& options) : expression(pattern, options) {}

  RE2 expression;
  std::map<std::string, int, std::less<>> groups;  ///< by name and by .NET's number; 0 is the whole match

  void number_groups() {
    const auto& named = expression.CapturingGroupNames();
    int next = 0;
    groups.emplace(std::to_string(next++), 0);
    for (int i = 1; i <= expression.NumberOfCapturingGroups(); ++i) {
      if (!named.contains(i)) groups.emplace(std::to_string(next++), i);
    }
    for (const auto& [i, name] : named) {
      groups.emplace(std::to_string(next++), i);
      groups.emplace(name, i);
    }
  }

  [[nodiscard]] std::optional<int> group(std::string_view name) const {
    const auto found = groups.find(name);
    return found == groups.end() ? std::nullopt : std::optional(found->second);
  }

  /// Calls `visit` with every match, from left to right; after an empty one the search goes on a character further.
  void each_match(std::string_view text, const std::function<bool(const Groups&)>& visit) const {
    Groups found(static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1);
    const re2::StringPiece whole(text.data(), text.size());
    for (std::size_t at = 0; at <= text.size();) {
      if (!expression.Match(whole, at, text.size(), RE2::UNANCHORED, found.data(), static_cast<int>(found.size()))) return;
      if (!visit(found)) return;
      const auto end = static_cast<std::size_t>(found.front().data() + found.front().size() - text.data());
      at = end;
      if (found.front().empty()) at = end < text.size() ? end + length_of_character(text.substr(end)) : text.size() + 1;
    }
  }

  /// Literal texts and groups in turn: a text, then a group where there is one.
  struct Piece {
    std::string literal;
    std::optional<int> group;
  };

  [[nodiscard]] std::vector<Piece> pieces_of(std::string_view replacement) const {
    std::vector<Piece> pieces(1);
    for (std::size_t at = 0; at < replacement.size();) {
      const auto rest = replacement.substr(at);
      auto length = std::size_t{1};
      std::optional<int> wanted;
      if (rest.starts_with("$$")) {
        length = 2;
      } else if (rest.starts_with("$&")) {
        length = 2;
        wanted = 0;
      } else if (rest.starts_with("${") && rest.find('}') != std::string_view::npos) {
        length = rest.find('}') + 1;
        wanted = group(rest.substr(2, length - 3));
      } else if (rest.starts_with('$')) {
        while (length < rest.size() && is_ascii_digit(rest[length])) ++length;
        if (length > 1) wanted = group(rest.substr(1, length - 1));
      }
      at += length;
      if (!wanted) {
        pieces.back().literal += rest.starts_with("$$") ? "$" : rest.substr(0, length);
      } else {
        pieces.back().group = wanted;
        pieces.emplace_back();
      }
    }
    return pieces;
  }
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

std::expected<Pattern, std::string> Pattern::compile(std::string_view pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_unique<Compiled>(in_re2_spelling(pattern), options);
  if (!compiled->expression.ok()) return std::unexpected(compiled->expression.error());
  compiled->number_groups();
  return Pattern(std::move(compiled));
}

bool Pattern::has_group(std::string_view name) const { return compiled_->group(name).has_value(); }

std::optional<std::string> Pattern::replace_all(std::string_view text, std::string_view replacement, std::size_t most) const {
  const auto pieces = compiled_->pieces_of(replacement);
  std::string out;
  const auto* copied = text.data();
  compiled_->each_match(text, [&](const Groups& found) {
    out.append(copied, found.front().data());
    for (const auto& piece : pieces) {
      out += piece.literal;
      if (piece.group) out += view(found[static_cast<std::size_t>(*piece.group)]);
    }
    copied = found.front().data() + found.front().size();
    return out.size() <= most;
  });
  out.append(copied, text.data() + text.size());
  return out.size() <= most ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> Pattern::replace_group(std::string_view text, std::string_view group,
                                                  std::string_view replacement, std::size_t most) const {
  const auto index = compiled_->group(group);
  if (!index) return std::string(text);
  std::string out;
  const auto* copied = text.data();
  compiled_->each_match(text, [&](const Groups& found) {
    const auto& part = found[static_cast<std::size_t>(*index)];
    if (part.data() == nullptr) return true;
    out.append(copied, part.data());
    out += replacement;
    copied = part.data() + part.size();
    return out.size() <= most;
  });
  out.append(copied, text.data() + text.size());
  return out.size() <= most ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> Pattern::extract(std::string_view text, std::string_view group) const {
  const auto index = compiled_->group(group);
  std::optional<std::string> result;
  if (!index) return result;
  compiled_->each_match(text, [&](const Groups& found) {
    const auto& part = found[static_cast<std::size_t>(*index)];
    if (part.data() != nullptr) result = std::string(view(part));
    return false;
  });
  return result;
}

}  // namespace fakes::entra::expression
