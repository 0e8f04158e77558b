// A group as the client of a SCIM service provider may rely on it.
#pragma once

#include <set>
#include <string>

namespace properties::models {

/// `Member`: what the client calls its users.
template <class Member>
struct ScimGroup {
  bool exists = false;
  bool was_deleted = false;
  std::string shown{};  ///< displayName
  std::set<Member> members{};
  /// Whether nothing has happened that leaves its members open: no document says what becomes of a member who is deleted.
  bool is_sure = true;

  void create(const std::string& name, std::set<Member> first) {
    *this = ScimGroup{.exists = true, .was_deleted = false, .shown = name, .members = std::move(first), .is_sure = true};
  }
  void remove() {
    exists = false;
    was_deleted = true;
  }

  bool operator==(const ScimGroup&) const = default;
};

}  // namespace properties::models
