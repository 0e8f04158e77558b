// The client of a real directory's SCIM interface in tests of the models: slots for what it has created, and a look at what is there.
// Where something is not as it should be, RapidCheck's property fails.
#pragma once

#include <fmt/format.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/json.h"
#include "directory/server_test_fixture.h"
#include "properties/models/scim_body.h"
#include "properties/models/scim_provider.h"
#include "properties/models/sequence_check.h"

namespace properties::models {

/// The body of a PATCH. [RFC7644 3.5.2]
inline std::string patch_text(base::JsonArray operations) { return base::to_text(base::Json(patch_body(std::move(operations)))); }

/// The text at that path of a resource; nothing where there is none.
inline std::optional<std::string> value_at(const base::Json& resource, std::string_view path) {
  const auto at = end_of_whole(path);
  if (at == std::string_view::npos) return base::string_member(resource, path);
  const auto* whole = base::member(resource, path.substr(0, at));
  return whole == nullptr ? std::nullopt : base::string_member(*whole, path.substr(at + 1));
}

inline int status_of(ScimOutcome outcome, int done) {
  switch (outcome) {
    case ScimOutcome::done: return done;
    case ScimOutcome::not_found: return 404;
    case ScimOutcome::taken: return 409;
    case ScimOutcome::invalid: return 400;
  }
  return 0;
}

class ScimClient {
 public:
  explicit ScimClient(const directory::Defects& defects, CommandCount& count)
      : bench([&] {
          directory::BenchOptions options;
          options.defects = defects;
          return options;
        }()),
        count_(&count) {}

  /// As the integration without a vendor's policy.
  base::HttpResponse ask(std::string method, const std::string& path, std::string body = {}, directory::ServerBench::Fields more = {}) {
    auto fields = directory::ServerBench::bearer(bench.keys.generic_token);
    fields.insert(fields.end(), more.begin(), more.end());
    auto result = bench.try_ask(std::move(method), "/scim/v2" + path, std::move(fields), std::move(body));
    return result ? *std::move(result) : base::HttpResponse(0);
  }

  /// A slot that has never been used has an id that nobody has.
  [[nodiscard]] std::string id(int slot) const {
    const auto found = ids_.find(slot);
    return found == ids_.end() ? fmt::format("00000000000000000000{:04}", slot) : found->second;
  }
  [[nodiscard]] std::string path(int slot) const { return "/Users/" + id(slot); }
  [[nodiscard]] std::optional<int> slot_of(const std::string& wanted) const {
    for (const auto& [slot, id] : ids_) {
      if (id == wanted) return slot;
    }
    return std::nullopt;
  }

  void begin() { ++count_->played; }

  /// The answer to a request that creates: its id is the slot's from now on.
  void created(int slot, const base::HttpResponse& answer) {
    const auto body = read(answer);
    ids_[slot] = base::string_or(body, "id", "");
    RC_ASSERT(!ids_[slot].empty());
  }

  static base::Json read(const base::HttpResponse& answer) {
    auto body = base::parse_json(answer.body);
    if (!body) RC_FAIL("the answer is no JSON: " + answer.body);
    return *std::move(body);
  }

  static void expect_status(const base::HttpResponse& answer, int wanted) {
    if (answer.status != wanted) RC_FAIL(fmt::format("answered {} in place of {}: {}", answer.status, wanted, answer.body));
  }

  /// A resource is the user that the model has.
  void expect_user(const base::Json& resource, int slot, const ScimUser& user) {
    RC_ASSERT(base::string_or(resource, "id", "") == id(slot));
    RC_ASSERT(base::string_or(resource, "userName", "") == user.user_name);
    RC_ASSERT(base::bool_member(resource, "active") == user.active);
    const auto* mails = base::member(resource, "emails");
    const bool has_mails = mails != nullptr && mails->is_array() && mails->get_array().size() == (user.has_second_mail ? 2U : 1U);
    if (!has_mails) RC_FAIL("the e-mails are others: " + base::to_text(resource));
    RC_ASSERT(base::string_or(mails->get_array()[0], "value", "") == user.mail);
    for (const auto& [attribute, value] : user.values) {
      const auto shown = value_at(resource, attribute);
      if (shown != value)
        RC_FAIL(fmt::format("{} of user {} is '{}' in place of '{}'", attribute, slot, shown.value_or("nothing"), value.value_or("nothing")));
    }
    expect_version(resource, slot);
  }

  /// Everybody whom the model has, and nobody else.
  void look(const ScimProvider& model) {
    const auto answer = ask("GET", "/Users?count=100");
    expect_status(answer, 200);
    const auto body = read(answer);
    std::set<std::string> seen;
    const auto* resources = base::member(body, "Resources");
    if (resources != nullptr && resources->is_array()) {
      for (const auto& resource : resources->get_array()) {
        const auto slot = slot_of(base::string_or(resource, "id", ""));
        if (!slot || !model.user(*slot).exists) RC_FAIL("somebody is there who should not be: " + base::to_text(resource));
        RC_ASSERT(seen.insert(id(*slot)).second);
        expect_user(resource, *slot, model.user(*slot));
      }
    }
    std::int64_t living = 0;
    for (const auto& [slot, user] : model.users) living += user.exists ? 1 : 0;
    RC_ASSERT(std::cmp_equal(seen.size(), living));
    RC_ASSERT(base::integer_member(body, "totalResults") == living);
  }

  /// The tag that the user was last seen with; empty: never seen.
  [[nodiscard]] std::string current_tag(int slot) const {
    const auto found = current_.find(slot);
    return found == current_.end() ? std::string() : found->second;
  }
  /// One that the user was seen with before; empty: there is none.
  [[nodiscard]] std::string earlier_tag(int slot) const {
    for (const auto& [key, content] : contents_) {
      if (key.first == id(slot) && key.second != current_tag(slot)) return key.second;
    }
    return {};
  }

  directory::ServerBench bench;

 private:
  /// A tag stands for one content. [RFC7644 3.14]
  void expect_version(const base::Json& resource, int slot) {
    const auto* meta = base::member(resource, "meta");
    const auto tag = meta == nullptr ? std::string() : base::string_or(*meta, "version", "");
    RC_ASSERT(!tag.empty());
    auto content = resource.get_object();
    content.erase("meta");
    auto text = base::to_text(base::Json(std::move(content)));
    const auto [place, is_new] = contents_.emplace(std::pair{id(slot), tag}, text);
    if (!is_new && place->second != text) RC_FAIL(fmt::format("version {} of user {} has two contents: {} and {}", tag, slot, place->second, text));
    current_[slot] = tag;
  }

  CommandCount* count_;
  std::map<int, std::string> ids_;
  std::map<std::pair<std::string, std::string>, std::string> contents_;  ///< by id and tag
  std::map<int, std::string> current_;                                   ///< tags by slot
};

}  // namespace properties::models
