// An index narrows and the filter decides: over random users and random filters the narrowed answer is the
// scanned one, and each statement that is meant to be served by an index is.
#include "directory/scim/indexed_lookup.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "directory/core/time_of_ids.h"
#include "directory/scim/filter_evaluation.h"
#include "directory/scim/indexes.h"
#include "directory/scim/policy.h"
#include "directory/scim/user_document.h"
#include "directory/scim/user_resource.h"
#include "directory/users/user_store.h"
#include "sim/disk.h"

namespace directory::scim {
namespace indexed_lookup_test {

using ::testing::HasSubstr;
using ::testing::Not;

class Store {
 public:
  Store() : disk_(base::Rng(1).fork("disk"), {}), database_(Database::open(disk_, base::Rng(7))) {
    EXPECT_TRUE(database_.has_value());
  }
  [[nodiscard]] Database& db() { return **database_; }

 private:
  sim::SimulatedDisk disk_;
  base::Result<std::unique_ptr<Database>> database_;
};

/// What SQLite says it would do.
std::string plan_of(Database& db, std::string_view sql) {
  std::string plan;
  db.query(
      fmt::format("EXPLAIN QUERY PLAN {}", sql), [&](Row row) { plan += row.text(3) + "\n"; }, "x");
  return plan;
}

// [RFC7644 3.4.2.2]
TEST(IndexedLookup, every_statement_searches_and_none_scans) {
  Store store;
  std::vector<Index> all(user_indexes.begin(), user_indexes.end());
  all.insert(all.end(), group_indexes.begin(), group_indexes.end());
  for (const auto& index : all) {
    const auto plan = plan_of(store.db(), index.sql);
    EXPECT_THAT(plan, HasSubstr("SEARCH")) << index.sql;
    EXPECT_THAT(plan, Not(HasSubstr("SCAN"))) << index.sql << "\n" << plan;
  }
  EXPECT_EQ(store.db().failure(), "");
}

Filter filter_of(std::string_view text) {
  auto filter = parse_filter(text);
  EXPECT_TRUE(filter.has_value()) << text;
  return filter ? std::move(*filter) : Filter{};
}

/// The attributes that a filter is looked up by, or "scan".
std::string looked_up(std::string_view text) {
  const auto lookups = plan_lookups(filter_of(text), all_of_user(), user_indexes);
  if (!lookups) return "scan";
  std::string names;
  for (const auto& lookup : *lookups)
    names += (names.empty() ? "" : " ") + std::string(lookup.index->attribute);
  return names;
}

TEST(IndexedLookup, the_best_conjunct_narrows_and_every_disjunct_must) {
  EXPECT_EQ(looked_up(R"(userName eq "a")"), "userName");
  EXPECT_EQ(looked_up(R"(externalId eq "a" and userName eq "a")"), "userName");
  EXPECT_EQ(looked_up(R"(title co "x" and (nickName pr and emails.value eq "a"))"), "emails");
  EXPECT_EQ(looked_up(R"(emails[type eq "work" and value eq "a"])"), "emails");
  EXPECT_EQ(looked_up(R"(userName eq "a" or id eq "b")"), "userName id");
  EXPECT_EQ(looked_up(R"(title pr and (userName eq "a" or emails eq "b"))"), "userName emails");
  EXPECT_EQ(looked_up(R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "7")"),
            "employeeNumber");
  EXPECT_EQ(looked_up(R"(meta.lastModified gt "2026-01-05T08:00:00Z")"), "meta");
  for (const auto* text : {R"(userName eq "a" or title pr)", R"(not (userName eq "a"))", R"(userName ne "a")",
                           R"(userName sw "a")", R"(title eq "a")", R"(userName eq "")",
                           R"(externalId eq null)", R"(emails[type eq "work"])"}) {
    EXPECT_EQ(looked_up(text), "scan") << text;
  }
}

// Narrowed and scanned are the same
// -----------------------------------------------------------------------------------------------------------

/// Of the user who is stored first, at the epoch.
const std::string first_id(24, '0');

const std::vector<std::string>& words() {
  static const std::vector<std::string> few{"amy",      "AMY", "bob", "a@b.test", "A@B.test",
                                            "c@d.test", "7",   "x",   first_id};
  return few;
}

rc::Gen<std::string> any_word() {
  return rc::gen::elementOf(words());
}

/// A few that are near each other, before and behind a full second among them, in steps that resources do not show.
rc::Gen<base::Instant> any_time() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(-1, 3), rc::gen::inRange(-6, 6)), [](std::pair<int, int> at) {
    return base::Instant{std::chrono::seconds{at.first} + std::chrono::microseconds{at.second * 500}};
  });
}

rc::Gen<std::string> any_instant() {
  return rc::gen::map(any_time(), [](base::Instant at) { return base::to_rfc3339(at); });
}

rc::Gen<std::string> any_comparison() {
  const auto text = rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::string>("userName", "externalId", "emails.value", "emails", "id",
                                                   "employeeNumber", "title", "nickName", "displayName"),
                     rc::gen::element<std::string>("eq", "eq", "eq", "ne", "co", "sw", "gt"), any_word()),
      [](const std::tuple<std::string, std::string, std::string>& parts) {
        return fmt::format(R"({} {} "{}")", std::get<0>(parts), std::get<1>(parts), std::get<2>(parts));
      });
  const auto time = rc::gen::map(
      rc::gen::pair(rc::gen::element<std::string>("eq", "gt", "ge", "lt", "le", "ne"), any_instant()),
      [](const std::pair<std::string, std::string>& parts) {
        return fmt::format(R"(meta.lastModified {} "{}")", parts.first, parts.second);
      });
  const auto within = rc::gen::map(any_word(), [](const std::string& word) {
    return fmt::format(R"(emails[type eq "home" and value eq "{}"])", word);
  });
  return rc::gen::oneOf(text, text, time, within, rc::gen::just(std::string("title pr")));
}

rc::Gen<std::string> any_filter(int depth = 3) {
  if (depth == 0) return any_comparison();
  const auto joined = rc::gen::map(
      rc::gen::tuple(any_filter(depth - 1), rc::gen::element<std::string>("and", "and", "or"),
                     any_filter(depth - 1)),
      [](const std::tuple<std::string, std::string, std::string>& parts) {
        return fmt::format("({} {} {})", std::get<0>(parts), std::get<1>(parts), std::get<2>(parts));
      });
  const auto negated =
      rc::gen::map(any_filter(depth - 1), [](const std::string& text) { return "not (" + text + ")"; });
  return rc::gen::oneOf(any_comparison(), joined, joined, negated);
}

/// Stores a few users that share words; unique columns keep each word once.
void fill(Database& db) {
  std::set<std::string> names;
  std::set<std::string> emails;
  std::set<std::string> numbers;
  const auto fresh = [](std::set<std::string>& taken, const std::string& word) {
    return taken.insert(base::to_lower(word)).second;
  };
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    User user;
    if (i > 0) user.created = *any_time();
    user.id = UserId{fmt::format("{}{:010x}", time_of_id(user.created), i)};
    user.attributes.username = fmt::format("user{}", i);
    user.attributes.email = fmt::format("user{}@x.test", i);
    if (const auto word = *any_word(); fresh(emails, word)) user.attributes.email = word;
    if (const auto word = *any_word(); fresh(numbers, word)) user.attributes.employee_identifier = word;
    if (*rc::gen::arbitrary<bool>()) user.attributes.external_id = *any_word();
    if (*rc::gen::arbitrary<bool>()) user.attributes.job_title = *any_word();
    // Earlier than the creation where the clock was set back meanwhile.
    user.modified = *rc::gen::oneOf(rc::gen::just(user.created), any_time());
    UserDocument document;
    if (const auto word = *any_word(); fresh(names, word)) {
      if (*rc::gen::arbitrary<bool>()) {
        document.user_name = word;
      } else {
        user.attributes.username = word;
      }
    }
    if (*rc::gen::arbitrary<bool>()) {
      document.attributes["emails"] = base::JsonArray{
          base::JsonObject{{"value", user.attributes.email}, {"type", "work"}, {"primary", true}},
          base::JsonObject{{"value", *any_word()}, {"type", "home"}}};
    }
    insert_user(db, user);
    store_document(db, user.id, document);
  }
}

base::JsonObject resource_of(Database& db, const User& user) {
  return to_resource({user, find_document(db, user.id), {}, {}}, Detail::document, "https://x.test/scim/v2");
}

// [RFC7644 3.4.2.2]
RC_GTEST_PROP(IndexedLookup, finds_whatever_the_filter_matches, ()) {
  Store store;
  auto& db = store.db();
  fill(db);
  const auto text = *any_filter();
  const auto filter = parse_filter(text);
  RC_ASSERT(filter.has_value());
  const auto lookups = plan_lookups(*filter, all_of_user(), user_indexes);
  RC_CLASSIFY(lookups.has_value(), "by an index");
  if (!lookups) return;
  const auto ids = found_ids(db, *lookups);
  for (const auto& user : list_users(db, 0, 100)) {
    if (!matches(*filter, resource_of(db, user), all_of_user())) continue;
    RC_LOG() << text << " matches " << base::to_text(resource_of(db, user)) << "\n";
    RC_ASSERT(std::ranges::find(ids, user.id.text()) != ids.end());
  }
  RC_ASSERT(db.failure().empty());
}

}  // namespace indexed_lookup_test
}  // namespace directory::scim
