#include "scenarios/client/task_data.h"

#include <string>
#include <utility>

namespace scenarios::client {
namespace {

constexpr std::string_view people_domain = "@example.test";

std::string member_text(const Value& data, const char* name) { return data.contains(name) && data[name].is_string() ? data[name].get<std::string>() : std::string(); }

void tell_of_person(Cast& cast, const SuiteInfo& suite, Value& data, bool is_new) {
  const auto name = member_text(data, "user");
  if (name.empty()) return;
  const auto known = cast.people().find(name);
  const auto address = known == cast.people().end() ? name + std::string(people_domain) : known->second.email;
  if (!data.contains("user_name")) data["user_name"] = suite.name == "scim-client" ? name : address;
  if (!data.contains("email")) data["email"] = address;
  const auto given = member_text(data, "given_name");
  const auto surname = member_text(data, "surname");
  if (is_new && !data.contains("display_name")) data["display_name"] = given.empty() && surname.empty() ? name : given + " " + surname;
  if (data.contains("password")) data["password"] = cast.secrets().value(SecretName(member_text(data, "password"))).reveal();
  if (!is_new || known != cast.people().end()) return;
  Person person;
  person.name = name;
  person.username = suite.name == "scim-client" ? member_text(data, "user_name") : name;
  person.email = address;
  cast.add_person(std::move(person));
}

}  // namespace

Task told_in_full(Cast& cast, const SuiteInfo& suite, Task task) {
  const bool is_new = task.name.starts_with("create_user");
  if (task.data.contains("members")) {
    for (auto& member : task.data["members"]) member = member.get<std::string>() + std::string(people_domain);
  }
  if (task.data.contains("users")) {
    for (auto& user : task.data["users"]) tell_of_person(cast, suite, user, is_new);
  } else {
    tell_of_person(cast, suite, task.data, is_new);
  }
  return task;
}

}  // namespace scenarios::client
