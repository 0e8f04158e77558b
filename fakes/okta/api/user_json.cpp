#include "fakes/okta/api/user_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace fakes::okta::api {
namespace {

using base::JsonObject;
using base::json_text;

struct Link {
  std::string_view name;
  std::string_view place;  ///< below the user
  Operation operation;
};

constexpr std::array all_links{
    Link{"activate", "/lifecycle/activate", Operation::activate},
    Link{"reactivate", "/lifecycle/reactivate", Operation::reactivate},
    Link{"unsuspend", "/lifecycle/unsuspend", Operation::unsuspend},
    Link{"unlock", "/lifecycle/unlock", Operation::unlock},
    Link{"resetPassword", "/lifecycle/reset_password", Operation::reset_password},
    Link{"resetFactors", "/lifecycle/reset_factors", Operation::reset_factors},
    Link{"expirePassword", "/lifecycle/expire_password", Operation::expire_password},
    Link{"forgotPassword", "/credentials/forgot_password", Operation::forgot_password},
    Link{"changeRecoveryQuestion", "/credentials/change_recovery_question", Operation::change_password},
    Link{"deactivate", "/lifecycle/deactivate", Operation::deactivate},
    Link{"changePassword", "/credentials/change_password", Operation::change_password},
};

/// STAGED shows one and ACTIVE seven. Assumed: other states show what their table allows. [Okta provisioning-clients 5.2-07]
bool is_shown(const Link& link, UserStatus status) {
  if (status == UserStatus::staged) return link.operation == Operation::activate;
  return !std::holds_alternative<okta::ErrorCode>(step_of(status, link.operation));
}

JsonObject links_json(const User& user, const Request& request, Links which) {
  const auto self = fmt::format("{}/api/v1/users/{}", request.origin, user.id.text());
  JsonObject out;
  const auto add = [&](std::string_view name, std::string_view place, std::string_view method) {
    JsonObject link;
    link["href"] = json_text(fmt::format("{}{}", self, place));
    if (!method.empty()) link["method"] = json_text(method);
    out[base::json_key(name)] = std::move(link);
  };
  add("self", "", "");
  if (which == Links::self_alone) return out;
  for (const auto& link : all_links) {
    if (is_shown(link, user.status)) add(link.name, link.place, "POST");
  }
  return out;
}

/// One of a user's JSON, as far as it depends on the user alone.
struct Member {
  std::string_view name;
  base::Json (*of)(const User&);
};

constexpr std::array members{
    Member{"id", [](const User& user) -> base::Json { return json_text(user.id.text()); }},
    Member{"status", [](const User& user) -> base::Json { return json_text(name_of(user.status)); }},
    Member{"created", [](const User& user) { return time_json(user.created); }},
    Member{"activated", [](const User& user) { return time_json(user.activated); }},
    Member{"statusChanged", [](const User& user) { return time_json(user.status_changed); }},
    Member{"lastLogin", [](const User& user) { return time_json(user.last_login); }},
    Member{"lastUpdated", [](const User& user) { return time_json(user.last_updated); }},
    Member{"passwordChanged", [](const User& user) { return time_json(user.password_changed); }},
    Member{"type", [](const User& user) -> base::Json { return JsonObject{{"id", json_text(user.type_id)}}; }},
    Member{"profile", [](const User& user) -> base::Json { return profile_json(user.profile); }},
};

Outcome<std::optional<PasswordHash>> read_hash(const JsonObject& password) {
  const auto hash = object_of(password, "hash");
  if (!hash) return std::unexpected(hash.error());
  if (*hash == nullptr) return std::nullopt;
  using enum PasswordHash::Algorithm;
  constexpr std::array<std::pair<std::string_view, PasswordHash::Algorithm>, 6> algorithms{
      {{"BCRYPT", bcrypt}, {"SHA-512", sha512}, {"SHA-256", sha256}, {"SHA-1", sha1}, {"MD5", md5}, {"PBKDF2", pbkdf2}}};
  const base::Json json(**hash);
  const auto name = base::string_or(json, "algorithm", "");
  const auto* found = std::ranges::find(algorithms, std::string_view(name), &std::pair<std::string_view, PasswordHash::Algorithm>::first);
  if (found == algorithms.end()) return invalid("password", "the algorithm of the hash is none of BCRYPT, SHA-512, SHA-256, SHA-1, MD5 and PBKDF2");
  PasswordHash out;
  out.algorithm = found->second;
  out.value = base::string_or(json, "value", "");
  out.salt = base::string_or(json, "salt", "");
  if (base::string_or(json, "saltOrder", "PREFIX") == "POSTFIX") out.salt_order = PasswordHash::SaltOrder::postfix;
  const auto number = [&](std::string_view member) { return static_cast<int>(std::clamp<std::int64_t>(base::integer_member(json, member).value_or(0), 0, 10'000'000)); };
  out.work_factor = number("workFactor");
  out.iteration_count = number("iterationCount");
  out.key_size = number("keySize");
  out.digest = base::string_or(json, "digestAlgorithm", out.digest);
  return out;
}

}  // namespace

base::Json time_json(const std::optional<base::Instant>& at) { return at ? json_text(base::to_rfc3339(*at)) : base::Json(nullptr); }

JsonObject profile_json(const Profile& profile) {
  JsonObject out;
  for (const auto attribute : default_attributes()) {
    const auto found = profile.find(attribute);
    if (found != profile.end()) out[base::json_key(attribute)] = json_text(found->second);
    // These two are shown even where they are not set, as in the reference's samples.
    if (found == profile.end() && (attribute == "secondEmail" || attribute == "mobilePhone")) out[base::json_key(attribute)] = nullptr;
  }
  for (const auto& [attribute, value] : profile) {
    if (!out.contains(attribute)) out[attribute] = json_text(value);
  }
  return out;
}

JsonObject credentials_json(const Credentials& credentials) {
  JsonObject out;
  if (credentials.has_password()) out["password"] = JsonObject{};
  if (credentials.recovery) {
    JsonObject question;
    question["question"] = json_text(credentials.recovery->question);
    out["recovery_question"] = std::move(question);
  }
  JsonObject provider;
  provider["type"] = json_text(credentials.provider.type);
  provider["name"] = json_text(credentials.provider.name);
  out["provider"] = std::move(provider);
  return out;
}

JsonObject user_members(const User& user, const std::set<std::string>& names) {
  JsonObject out;
  for (const auto& name : names) {
    const auto* known = std::ranges::find(members, std::string_view(name), &Member::name);
    if (known != members.end()) out[name] = known->of(user);
  }
  return out;
}

JsonObject user_json(const User& user, const Request& request, Links links) {
  JsonObject out;
  for (const auto& member : members) {
    if (member.name != "type" && member.name != "profile") out[base::json_key(member.name)] = member.of(user);
  }
  if (user.transitioning_to && !request.omits("omitTransitioningToStatus")) out["transitioningToStatus"] = json_text(name_of(*user.transitioning_to));
  for (const auto* name : {"type", "profile"}) out[name] = std::ranges::find(members, std::string_view(name), &Member::name)->of(user);
  if (!request.omits("omitCredentials")) out["credentials"] = credentials_json(user.credentials);
  auto shown = links_json(user, request, links);
  if (request.omits("omitCredentialsLinks")) {
    for (const auto* name : {"changePassword", "changeRecoveryQuestion", "forgotPassword", "resetPassword", "expirePassword"}) shown.erase(name);
  }
  out["_links"] = std::move(shown);
  return out;
}

Outcome<ProfileChanges> read_profile(const JsonObject& body) {
  const auto profile = object_of(body, "profile");
  if (!profile) return std::unexpected(profile.error());
  ProfileChanges out;
  if (*profile == nullptr) return out;
  for (const auto& member : **profile) {
    const std::string name(member.key());
    if (member.value().is_null()) {
      out[name] = std::nullopt;
    } else if (member.value().is_string()) {
      out[name] = std::string(base::as_text(member.value().get_string()));
    } else {
      return invalid(name, "The value has to be a text");
    }
  }
  return out;
}

Outcome<std::optional<base::Secret>> read_value(const JsonObject& object, std::string_view name) {
  const auto inner = object_of(object, name);
  if (!inner) return std::unexpected(inner.error());
  if (*inner == nullptr) return std::nullopt;
  const auto value = text_of(**inner, "value");
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::nullopt;
  return base::Secret(**value);
}

Outcome<std::optional<RecoveryQuestion>> read_question(const JsonObject& credentials) {
  const auto recovery = object_of(credentials, "recovery_question");
  if (!recovery) return std::unexpected(recovery.error());
  if (*recovery == nullptr) return std::nullopt;
  const auto question = text_of(**recovery, "question");
  if (!question) return std::unexpected(question.error());
  const auto answer = text_of(**recovery, "answer");
  if (!answer) return std::unexpected(answer.error());
  return RecoveryQuestion{question->value_or(""), base::Secret(answer->value_or(""))};
}

Outcome<UserUpdate> read_credentials(const JsonObject& body) {
  UserUpdate out;
  const auto credentials = object_of(body, "credentials");
  if (!credentials) return std::unexpected(credentials.error());
  if (*credentials == nullptr) return out;
  const auto password = object_of(**credentials, "password");
  if (!password) return std::unexpected(password.error());
  if (*password != nullptr) {
    if ((*password)->contains("hook")) return refuse(ErrorCode::unsupported_operation, {}, {"no inline hook for passwords is modelled"});
    auto value = read_value(**credentials, "password");
    if (!value) return std::unexpected(value.error());
    auto hash = read_hash(**password);
    if (!hash) return std::unexpected(hash.error());
    out.password = *std::move(value);
    out.hash = *std::move(hash);
  }
  auto recovery = read_question(**credentials);
  if (!recovery) return std::unexpected(recovery.error());
  out.recovery = *std::move(recovery);
  const auto provider = object_of(**credentials, "provider");
  if (!provider) return std::unexpected(provider.error());
  if (*provider != nullptr) {
    const base::Json json(**provider);
    out.provider = CredentialProvider{base::string_or(json, "type", "OKTA"), base::string_or(json, "name", "OKTA")};
  }
  return out;
}

}  // namespace fakes::okta::api
