#include "directory/groups/group.h"

#include <array>

namespace directory {
namespace {

using enum MembershipMethod;

constexpr std::array methods{not_set, static_members, review_required, automated};

}  // namespace

std::string_view method_name(MembershipMethod method) {
  switch (method) {
    case not_set:
      return "NOTSET";
    case static_members:
      return "STATIC";
    case review_required:
      return "DYNAMIC_REVIEW_REQUIRED";
    case automated:
      return "DYNAMIC_AUTOMATED";
  }
  return "";
}

std::optional<MembershipMethod> parse_method(std::string_view name) {
  for (const auto method : methods) {
    if (method_name(method) == name) return method;
  }
  return std::nullopt;
}

}  // namespace directory
