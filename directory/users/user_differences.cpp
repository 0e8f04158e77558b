#include "directory/users/user_differences.h"

namespace directory {
namespace {

std::optional<std::string> text_of(const std::optional<std::int64_t>& number) {
  return number ? std::optional(std::to_string(*number)) : std::nullopt;
}

std::string word(bool on) {
  return on ? "true" : "false";
}

}  // namespace

std::vector<FieldChange> differences(const UserAttributes& before, const UserAttributes& after) {
  std::vector<FieldChange> changes;
  if (before.username != after.username) changes.push_back({"username", before.username, after.username});
  if (before.email != after.email) changes.push_back({"email", before.email, after.email});
  for (const auto& attribute : text_attributes) {
    const auto& from = before.*attribute.member;
    const auto& to = after.*attribute.member;
    if (from != to) changes.push_back({std::string(attribute.name), from, to});
  }
  for (const auto& attribute : number_attributes) {
    const auto& from = before.*attribute.member;
    const auto& to = after.*attribute.member;
    if (from != to) changes.push_back({std::string(attribute.name), text_of(from), text_of(to)});
  }
  return changes;
}

std::vector<FieldChange> differences(const PasswordTerms& before, const PasswordTerms& after) {
  std::vector<FieldChange> changes;
  const auto compare = [&](std::string name, bool from, bool to) {
    if (from != to) changes.push_back({std::move(name), word(from), word(to)});
  };
  compare("externally_managed", before.authority != PasswordAuthority::directory,
          after.authority != PasswordAuthority::directory);
  compare("password_never_expires", before.never_expires, after.never_expires);
  compare("disableDeviceMaxLoginAttempts", before.ignores_device_failures, after.ignores_device_failures);
  return changes;
}

}  // namespace directory
