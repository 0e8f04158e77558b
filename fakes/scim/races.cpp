#include "fakes/scim/races.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "fakes/scim/answer.h"
#include "fakes/scim/preconditions.h"
#include "fakes/scim/representation.h"
#include "fakes/scim/router.h"

namespace fakes::scim {
namespace {

constexpr auto gap = std::chrono::milliseconds{20};  ///< longer than the messages of two clients are apart

/// What a request saw before the others came in between.
struct Seen {
  Quirks quirks;  ///< with what the request goes wrong in afterwards
  const ResourceType* type = nullptr;
  std::optional<Record> record{};  ///< the one that it is about
};

Seen look(const Context& context, const base::HttpRequest& sent) {
  Seen seen{context.quirks};
  const auto request = read_request(sent, context.options, context.quirks);
  if (!request || request->path.empty()) return seen;
  seen.type = request->path.front() == "Users"    ? &user_type()
              : request->path.front() == "Groups" ? &group_type()
                                                  : nullptr;
  const auto* record = request->path.size() == 2 && seen.type != nullptr
                           ? context.store.find(seen.type, request->path[1])
                           : nullptr;
  if (record != nullptr) seen.record = *record;
  return seen;
}

/// Which of the quirks lets others in between this request's reading and its writing.
std::optional<Quirk> race_of(const base::HttpRequest& sent, const Seen& seen, const Quirks& quirks) {
  const bool conditional = sent.headers.find("If-Match").has_value();
  const auto is = [&](Quirk quirk, bool applies) {
    return quirks.has(quirk) && applies ? std::optional(quirk) : std::nullopt;
  };
  const bool creates = sent.method == "POST" && seen.type != nullptr;
  const bool patches = sent.method == "PATCH" && seen.record;
  if (const auto race = is(Quirk::names_checked_too_early, creates)) return race;
  if (const auto race = is(Quirk::creates_at_once_fail, creates)) return race;
  if (const auto race = is(Quirk::tags_checked_too_early, conditional && seen.record)) return race;
  if (const auto race =
          is(Quirk::changes_lost_in_races, patches && !conditional && seen.type == &user_type()))
    return race;
  if (const auto race = is(Quirk::members_lost_in_races, patches && seen.type == &group_type())) return race;
  if (const auto race = is(Quirk::changes_revive_the_deleted, patches)) return race;
  if (const auto race = is(Quirk::every_delete_succeeds_in_races, sent.method == "DELETE" && seen.record))
    return race;
  if (const auto race = is(Quirk::replaced_in_two_steps, sent.method == "PUT" && seen.record)) return race;
  return std::nullopt;
}

bool is_free(const Context& context, const base::HttpRequest& sent) {
  auto trial = context.store;  // a copy: whether the create would succeed
  auto rng = context.rng;
  Context dry{context.options, context.quirks, trial, context.graveyard, context.cursors, rng, context.now};
  return respond(dry, sent).ok();
}

/// Goes on where the request stopped, with what it believes to know.
base::HttpResponse resume(Context& context, Quirk race, const Seen& seen, base::HttpRequest sent,
                          bool was_fine) {
  auto quirks = context.quirks;
  if (race == Quirk::names_checked_too_early && was_fine) quirks.add(Quirk::duplicate_accepted);
  if (race == Quirk::tags_checked_too_early && was_fine) sent.headers.remove("If-Match");
  const auto* now = seen.record ? context.store.find(seen.type, seen.record->id) : nullptr;
  const bool overwrites = race == Quirk::changes_lost_in_races || race == Quirk::members_lost_in_races;
  if (overwrites && now != nullptr && now->attributes != seen.record->attributes)
    context.store.change(*seen.record, seen.record->attributes, context.now);
  if (race == Quirk::changes_revive_the_deleted && now == nullptr) context.store.insert(*seen.record);
  Context late{context.options, quirks,      context.store, context.graveyard,
               context.cursors, context.rng, context.now};
  auto response = respond(late, sent);
  if (race == Quirk::every_delete_succeeds_in_races && response.status == 404) return base::HttpResponse(204);
  return response;
}

/// Whether more requests come at a time than one client sends one after the other.
bool is_busy(Traffic& traffic, base::Instant now) {
  constexpr int most = 5;
  if (now - traffic.since > std::chrono::milliseconds{3})
    traffic = {traffic.creates, traffic.replacements, now, 0};
  return ++traffic.requests > most;
}

/// Half of the attributes now; the caller brings the others later.
void write_half(Store& store, const Record& old, base::Instant now) {
  const auto* record = store.find(old.type, old.id);
  if (record == nullptr) return;
  auto attributes = record->attributes;
  const auto* name = base::member(old.attributes, "nickName");
  if (name != nullptr)
    attributes["nickName"] = *name;
  else
    attributes.stable_erase("nickName");
  store.change(old, std::move(attributes), now);
}

}  // namespace

base::Task<base::HttpResponse> respond_in_races(Context context, base::Clock& clock, Traffic& traffic,
                                                base::HttpRequest sent) {
  context.now = clock.now();
  const bool busy = is_busy(traffic, context.now);
  if (busy && context.quirks.has(Quirk::throttled_without_retry_after)) {
    co_return error_answer(ScimError{429, "", "too many requests"}, context.quirks);
  }
  const auto seen = look(context, sent);
  const auto race = race_of(sent, seen, context.quirks);
  if (!race) co_return respond(context, sent);
  if (*race == Quirk::creates_at_once_fail) {
    if (traffic.creates > 0) co_return error_answer(ScimError{500, "", "deadlock"}, context.quirks);
    ++traffic.creates;
    co_await clock.sleep_for(gap);
    --traffic.creates;
    context.now = clock.now();
    co_return respond(context, sent);
  }
  if (*race == Quirk::replaced_in_two_steps) {
    // The first to come is the last to go.
    const auto wait = gap - std::chrono::milliseconds{5} * std::min(traffic.replacements++, 3);
    auto response = respond(context, sent);
    const auto* written = context.store.find(seen.type, seen.record->id);
    const std::optional<base::Json> name = written != nullptr && written->attributes.contains("nickName")
                                               ? std::optional(written->attributes.at("nickName"))
                                               : std::nullopt;
    write_half(context.store, *seen.record, context.now);
    co_await clock.sleep_for(wait);
    --traffic.replacements;
    const auto* later = context.store.find(seen.type, seen.record->id);
    if (later != nullptr) {
      auto attributes = later->attributes;
      if (name)
        attributes["nickName"] = *name;
      else
        attributes.stable_erase("nickName");
      context.store.change(*later, std::move(attributes), clock.now());
    }
    co_return response;
  }
  const bool tag = *race == Quirk::tags_checked_too_early;
  const auto whole = seen.record
                         ? whole_resource(*seen.record, context.store, context.options.base, context.quirks)
                         : base::JsonObject{};
  const Request conditions{.headers = sent.headers};
  const bool was_fine = tag ? meets_if_match(conditions, tag_of(whole), context.quirks)
                            : *race == Quirk::names_checked_too_early && is_free(context, sent);
  co_await clock.sleep_for(gap);
  context.now = clock.now();
  co_return resume(context, *race, seen, std::move(sent), was_fine);
}

}  // namespace fakes::scim
