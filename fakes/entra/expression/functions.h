// The functions of the language, in one table: for the parser, for help and for the documentation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "fakes/entra/expression/value.h"

namespace fakes::entra::expression {

class Arguments;

inline constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
inline constexpr std::string_view compare_text = "vbTextCompare";
inline constexpr std::string_view compare_binary = "vbBinaryCompare";

struct Function {
  std::string_view name;
  std::string_view signature;
  std::string_view summary;  ///< one line, without a full stop
  std::string_view source;   ///< the fact it follows, as in `provisioning-clients 2.19-02`
  std::size_t least = 0;     ///< arguments
  std::size_t most = 0;      ///< or any_number
  std::uint32_t optional = 0;  ///< bit i: argument i, from 0, may be left empty
  /// Null where no outbound mapping may use the function: then `refused_because` says why.
  Value (*evaluate)(Arguments&) = nullptr;
  std::string_view refused_because{};
  bool in_pairs = false;  ///< takes an even number of arguments

  [[nodiscard]] bool may_be_empty(std::size_t argument) const { return argument < 32 && (optional >> argument & 1U) != 0; }
};

/// In the order of their names.
[[nodiscard]] std::span<const Function> functions();
/// By its exact name; null where there is none.
[[nodiscard]] const Function* find_function(std::string_view name);

/// The table as text, one function a line: `signature - summary`.
[[nodiscard]] std::string describe();

}  // namespace fakes::entra::expression
