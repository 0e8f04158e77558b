// An org with a clock that tests move, and what they often make in it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "fakes/okta/org/org.h"
#include "fakes/witness_fixture.h"
#include "sim/world.h"

namespace fakes::okta {

class OrgFixture : public ::testing::Test {
 protected:
  OrgFixture() : OrgFixture(OrgOptions{}) {}
  explicit OrgFixture(OrgOptions options) : host_(&world_.add_host("okta", "okta.example.test")), org_(host_->clock(), base::Rng(1), std::move(options), &witness_) {}

  static base::Secret good_password() { return base::Secret("Their-own-password-1"); }

  static NewUser person(const std::string& login, const std::string& first_name = "Amy", const std::string& last_name = "Lee") {
    return {.profile = {{"login", login}, {"email", login}, {"firstName", first_name}, {"lastName", last_name}}};
  }

  /// ACTIVE, with a password.
  UserId add(const std::string& login = "amy@example.test") {
    auto user = person(login);
    user.password = good_password();
    const auto id = org_.create_user(user);
    EXPECT_TRUE(id.has_value()) << sentence_of(id ? Refusal{} : id.error());
    return id.value_or(UserId{});
  }

  AppId add_app(ProvisioningSettings settings = ProvisioningSettings::all()) {
    NewApp app{.label = "Directory", .can_provision = true};
    app.connection.enabled = true;
    app.provisioning = settings;
    return org_.create_app(app).value();
  }

  UserStatus status(const UserId& id) { return org_.find(id)->status; }

  /// Nothing where it was done.
  template <class T>
  static std::optional<ErrorCode> code_of(const Outcome<T>& outcome) {
    return outcome ? std::nullopt : std::optional(outcome.error().code);
  }

  /// Since the last call.
  std::vector<Change> new_changes() {
    std::vector<Change> kinds;
    for (const auto& entry : org_.changes().after(seen_)) kinds.push_back(entry.what);
    seen_ = org_.changes().last();
    return kinds;
  }

  /// The names of the log's events since the last call, failures with a `!` before.
  std::vector<std::string> new_events() {
    std::vector<std::string> names;
    const auto& events = org_.log().events();
    const auto fresh = org_.log().written() - logged_;
    for (auto event = events.end() - static_cast<std::ptrdiff_t>(fresh); event != events.end(); ++event) {
      names.push_back((event->outcome.result == LogResult::success ? "" : "!") + std::string(info_of(event->type).name));
    }
    logged_ = org_.log().written();
    return names;
  }

  void pass(base::Duration span) { world_.scheduler().advance_to(world_.scheduler().now() + span); }

  base::DirectCarriage carriage_;
  sim::World world_{{}, carriage_};
  sim::Host* host_;
  CollectingWitness witness_;
  Org org_;

 private:
  std::uint64_t seen_ = 0;
  std::uint64_t logged_ = 0;
};

}  // namespace fakes::okta
