// Names are matched without scopes: a variable that shares its name with an unordered container of the same
// file is taken for it. Renaming one of the two also helps the reader.
#include "tidy/container_rules.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

namespace tidy {
namespace {

using Names = std::set<std::string, std::less<>>;

struct Span {
  std::size_t begin;
  std::size_t end;
};

struct TemplateArguments {
  std::vector<Span> arguments;
  std::size_t close;  ///< the `>`
};

/// Reads a template argument list whose `<` is at `open`; empty where it is a comparison after all.
std::optional<TemplateArguments> template_arguments(const SourceText& source, std::size_t open) {
  if (source.at(open) != "<") return std::nullopt;
  TemplateArguments out{{}, no_token};
  std::size_t depth = 1;
  std::size_t begin = open + 1;
  for (auto at = open + 1; at < source.tokens.size(); ++at) {
    const auto text = source.at(at);
    if (opens_bracket(text)) {
      at = source.across(at);
    } else if (text == "<") {
      ++depth;
    } else if (text == ">" && --depth == 0) {
      out.arguments.push_back({begin, at});
      out.close = at;
      return out;
    } else if (text == "," && depth == 1) {
      out.arguments.push_back({begin, at});
      begin = at + 1;
    } else if (text == ";" || text == "}" || text == ")") {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool is_unordered(std::string_view word) {
  return one_of(word, {"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset",
                       "unordered_flat_map", "unordered_flat_set"});
}

/// The X of `using X = std::unordered_map<…>`, given the position of `unordered_map`.
std::string_view alias_of(const SourceText& source, std::size_t at) {
  while (at >= 2 && source.at(at - 1) == "::") at -= 2;
  const bool alias = at >= 3 && source.at(at - 1) == "=" && source.at(at - 3) == "using";
  return alias ? source.at(at - 2) : std::string_view();
}

/// The variable, member, parameter or function that a declaration names after its type.
std::string_view declared_after(const SourceText& source, std::size_t at) {
  while (one_of(source.at(at), {"const", "&", "&&", "*"})) ++at;
  return source.is_word(at) && source.at(at + 1) != "::" ? source.at(at) : std::string_view();
}

void collect_unordered(const SourceText& source, Names& aliases, Names& names) {
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (!source.is_word(at)) continue;
    auto end_of_type = at;
    if (is_unordered(source.at(at))) {
      const auto list = template_arguments(source, at + 1);
      if (!list) continue;
      end_of_type = list->close;
      if (const auto alias = alias_of(source, at); !alias.empty()) aliases.emplace(alias);
    } else if (!aliases.contains(source.at(at))) {
      continue;
    }
    if (const auto name = declared_after(source, end_of_type + 1); !name.empty()) names.emplace(name);
  }
}

/// The colon of a range-for, given its opening bracket; a classic for has none at that level.
std::size_t range_colon(const SourceText& source, std::size_t open) {
  for (auto at = open + 1; at < source.tokens[open].mate; ++at) {
    const auto text = source.at(at);
    if (text == ":") return at;
    if (opens_bracket(text)) at = source.across(at);
  }
  return no_token;
}

/// Whether the range between the positions is the container itself or a view of it, rather than one of its
/// elements or a sorted copy.
std::optional<std::size_t> iterated_name(const SourceText& source, std::size_t begin, std::size_t end,
                                         const Names& names) {
  for (auto at = begin; at < end; ++at) {
    if (source.at(at).starts_with("sorted") && source.at(at + 1) == "(") {
      at = source.across(at + 1);
    } else if (source.is_word(at) && names.contains(source.at(at)) &&
               !one_of(source.at(at + 1), {"[", ".", "->"})) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> check_unordered_iteration(const std::string& path, const SourceText& source,
                                               const SourceText* header) {
  Names aliases;
  Names names;
  if (header != nullptr) collect_unordered(*header, aliases, names);
  collect_unordered(source, aliases, names);

  std::vector<Finding> findings;
  const auto report = [&](std::size_t at) {
    findings.push_back({path, source.tokens[at].line, "unordered-iteration",
                        "the order of '" + std::string(source.at(at)) +
                            "' is the hash's; keep a std::map or a vector, or iterate over sorted keys"});
  };
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (source.at(at) == "for" && source.at(at + 1) == "(" && source.tokens[at + 1].mate != no_token) {
      const auto colon = range_colon(source, at + 1);
      if (colon == no_token) continue;
      if (const auto found = iterated_name(source, colon + 1, source.tokens[at + 1].mate, names))
        report(*found);
    } else if (source.is_word(at) && names.contains(source.at(at)) &&
               one_of(source.at(at + 1), {".", "->"}) &&
               one_of(source.at(at + 2), {"begin", "cbegin", "rbegin", "crbegin"})) {
      report(at);
    }
  }
  return findings;
}

std::vector<Finding> check_pointer_order(const std::string& path, const SourceText& source) {
  std::vector<Finding> findings;
  for (std::size_t at = 2; at < source.tokens.size(); ++at) {
    const bool set = one_of(source.at(at), {"set", "multiset"});
    if (!set && !one_of(source.at(at), {"map", "multimap"})) continue;
    if (source.at(at - 1) != "::" || source.at(at - 2) != "std") continue;
    const auto list = template_arguments(source, at + 1);
    if (!list) continue;
    const auto mentions = [&](Span argument, std::initializer_list<std::string_view> words) {
      for (auto i = argument.begin; i < argument.end; ++i) {
        if (one_of(source.at(i), words)) return true;
      }
      return false;
    };
    if (!mentions(list->arguments.front(), {"*", "shared_ptr", "unique_ptr"})) continue;
    // A comparator of our own orders by what the pointer points at.
    const std::size_t comparator = set ? 1 : 2;
    if (list->arguments.size() > comparator && !mentions(list->arguments[comparator], {"less", "greater"}))
      continue;
    findings.push_back(
        {path, source.tokens[at].line, "pointer-order",
         "addresses differ from run to run; key by id or name, or give a comparator that reads one"});
  }
  return findings;
}

}  // namespace tidy
