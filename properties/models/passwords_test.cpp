// A user's password against the model, over the portal, the links of mails and the admin API, while time goes by. What is looked at after
// each command: the user as admins see it, and which of the sessions are open.
#include <array>

#include "directory/server_test_fixture.h"
#include "properties/models/password.h"
#include "properties/models/sequence_check.h"

namespace properties::models {
namespace passwords_test {

using base::Json;
using base::JsonObject;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> candidates{"correct horse 1",  "battery staple 2", "gentle river 33", "quiet mountain 4",
                                                     "purple elephant 5", "short 1",          "no digits in here"};
/// Far from the ends of every span of the rules, however often one is added to another.
constexpr std::array<minutes, 3> waits{minutes{2}, minutes{8}, std::chrono::days{8}};
constexpr std::string_view address = "amy@example.test";

std::string any_password() { return std::string(one_of(candidates)); }
std::string a_good_password() { return std::string(candidates[static_cast<std::size_t>(below(5))]); }

class Portal {
 public:
  Portal(const directory::Defects& defects, CommandCount& count) : bench_(options(defects)), count_(&count) {
    const auto answer = ask_as_admin("POST", "", JsonObject{{"username", "amy"}, {"email", address}});
    RC_ASSERT(answer.status == 200);
    id_ = base::string_or(read(answer), "_id", "");
    bench_.settle();
  }

  void begin() { ++count_->played; }

  base::HttpResponse ask_as_admin(std::string method, std::string suffix, const Json& body = {}) {
    return ask(std::move(method), "/api/systemusers" + (id_.empty() ? "" : "/" + id_) + suffix, bench_.admin_fields(), body);
  }
  base::HttpResponse ask(std::string method, std::string target, directory::ServerBench::Fields fields, const Json& body = {}) {
    auto result = bench_.try_ask(std::move(method), std::move(target), std::move(fields), body.is_null() ? "" : base::to_text(body));
    return result ? *std::move(result) : base::HttpResponse(0);
  }
  base::HttpResponse ask_portal(std::string page, const Json& body) { return ask("POST", "/portal/" + std::move(page), {}, body); }

  /// The token in the newest mail that leads to that page; a made-up one where there is none.
  std::string link(std::string_view page) {
    bench_.settle();
    std::string token(64, '0');
    const auto mails = bench_.mails_to(address);
    for (const auto& mail : mails) {
      const auto text = base::string_or(mail, "text", "");
      const auto mark = fmt::format("{}?token=", page);
      const auto at = text.find(mark);
      if (at == std::string::npos) continue;
      const auto begin = at + mark.size();
      token = text.substr(begin, text.find_first_not_of("0123456789abcdef", begin) - begin);
    }
    return token;
  }

  void wait(minutes span) { bench_.run_for(span); }
  void keep_session(const base::HttpResponse& answer) {
    const auto cookie = std::string(answer.headers.find("Set-Cookie").value_or(""));
    sessions_.push_back(cookie.substr(0, cookie.find(';')));
  }

  void look(const PasswordModel& model) {
    const auto user = read(ask_as_admin("GET", ""));
    const auto flag = [&](std::string_view name) { return base::bool_member(user, name).value_or(false); };
    RC_ASSERT((base::string_or(user, "state", "") == (model.suspended ? "SUSPENDED" : "ACTIVATED")));
    RC_ASSERT(flag("activated") == model.has_password());
    RC_ASSERT(flag("password_expired") == model.expired);
    RC_ASSERT(flag("account_locked") == model.locked);
    RC_ASSERT(base::integer_member(user, "badLoginAttempts") == std::int64_t{model.failures});
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      const auto answer = ask("GET", "/portal/session", {{"Cookie", sessions_[i]}});
      if ((answer.status == 200) != model.is_open(i)) RC_FAIL(fmt::format("session {} is {}", i, answer.status == 200 ? "open" : "closed"));
    }
  }

 private:
  static directory::BenchOptions options(const directory::Defects& defects) {
    const PasswordRules rules;
    directory::BenchOptions out;
    out.defects = defects;
    auto& policy = out.directory.settings.password_policy;
    policy.min_length = {true, static_cast<int>(rules.shortest)};
    policy.needs_numeric = rules.needs_digit;
    policy.max_history = {true, static_cast<int>(rules.remembered)};
    policy.max_login_attempts = {true, rules.most_failures};
    policy.lockout_seconds = {true, static_cast<int>(std::chrono::seconds{rules.locked_for}.count())};
    policy.expiration_days = {true, static_cast<int>(rules.lasts.count())};
    return out;
  }
  static Json read(const base::HttpResponse& answer) {
    auto body = base::parse_json(answer.body);
    if (!body) RC_FAIL("the answer is no JSON: " + answer.body);
    return *std::move(body);
  }

  directory::ServerBench bench_;
  CommandCount* count_;
  std::string id_;
  std::vector<std::string> sessions_;  ///< cookies
};

void expect(const base::HttpResponse& answer, PasswordOutcome outcome) {
  const auto is = [&](bool fits) {
    if (!fits) RC_FAIL(fmt::format("answered {} where the model says {}: {}", answer.status, static_cast<int>(outcome), answer.body));
  };
  switch (outcome) {
    case PasswordOutcome::done: return is(answer.ok());
    case PasswordOutcome::bad_password: return is(answer.status == 400);
    case PasswordOutcome::wrong: return is(answer.status == 401);
    case PasswordOutcome::locked: return is(answer.status == 423);
    case PasswordOutcome::expired: return is(answer.status == 403);
    case PasswordOutcome::refused: return is(answer.status / 100 == 4);
    case PasswordOutcome::no_such_link: return is(answer.status / 100 == 4);
  }
}

struct OfPassword : rc::state::Command<PasswordModel, Portal> {
  virtual PasswordOutcome in(PasswordModel& model) const = 0;
  [[nodiscard]] virtual base::HttpResponse send(Portal& portal) const = 0;
  virtual void keep(Portal&, const base::HttpResponse&) const {}

  void apply(PasswordModel& model) const final { in(model); }
  void run(const PasswordModel& before, Portal& portal) const final {
    portal.begin();
    auto after = before;
    const auto outcome = in(after);
    const auto answer = send(portal);
    expect(answer, outcome);
    if (outcome == PasswordOutcome::done) keep(portal, answer);
    portal.look(after);
  }
};

struct LogIn : OfPassword {
  std::string password = a_good_password();

  PasswordOutcome in(PasswordModel& model) const override { return model.log_in(password); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_portal("login", JsonObject{{"username", "amy"}, {"password", password}}); }
  void keep(Portal& portal, const base::HttpResponse& answer) const override { portal.keep_session(answer); }
  void show(std::ostream& out) const override { out << "log in with '" << password << "'"; }
};

/// With the password that there is.
struct LogInRightly : LogIn {
  explicit LogInRightly(const PasswordModel& model) {
    RC_PRE(model.has_password());
    password = model.passwords.back();
  }
};

struct ChangePassword : OfPassword {
  std::string old_password;
  std::string fresh = any_password();

  explicit ChangePassword(const PasswordModel& model) { old_password = model.has_password() && !once_in(4) ? model.passwords.back() : a_good_password(); }
  /// Whether a change with the right old password and a bad new one forgives failures, no document says.
  void checkPreconditions(const PasswordModel& model) const override {
    auto after = model;
    RC_PRE((model.failures == 0 || after.change(old_password, fresh) != PasswordOutcome::bad_password));
  }
  PasswordOutcome in(PasswordModel& model) const override { return model.change(old_password, fresh); }
  base::HttpResponse send(Portal& portal) const override {
    return portal.ask_portal("password", JsonObject{{"username", "amy"}, {"old_password", old_password}, {"new_password", fresh}});
  }
  void show(std::ostream& out) const override { out << "change '" << old_password << "' to '" << fresh << "'"; }
};

struct SetByAdmin : OfPassword {
  std::string fresh = any_password();
  PasswordOutcome in(PasswordModel& model) const override { return model.set_by_admin(fresh); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_as_admin("PUT", "", JsonObject{{"password", fresh}}); }
  void show(std::ostream& out) const override { out << "an admin sets '" << fresh << "'"; }
};

struct UseActivationLink : OfPassword {
  std::string fresh = any_password();
  PasswordOutcome in(PasswordModel& model) const override { return model.use_activation_link(fresh); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_portal("activate", JsonObject{{"token", portal.link("activate")}, {"password", fresh}}); }
  void show(std::ostream& out) const override { out << "set '" << fresh << "' by the activation link"; }
};

struct UseResetLink : OfPassword {
  std::string fresh = any_password();
  PasswordOutcome in(PasswordModel& model) const override { return model.use_reset_link(fresh); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_portal("reset", JsonObject{{"token", portal.link("reset")}, {"password", fresh}}); }
  void show(std::ostream& out) const override { out << "set '" << fresh << "' by the reset link"; }
};

struct AskForReset : OfPassword {
  /// Who has a link that is of use may be sent no other.
  void checkPreconditions(const PasswordModel& model) const override { RC_PRE(!model.reset_link); }
  PasswordOutcome in(PasswordModel& model) const override {
    model.ask_for_reset();
    return PasswordOutcome::done;
  }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_portal("reset-request", JsonObject{{"username", "amy"}}); }
  void keep(Portal& portal, const base::HttpResponse&) const override { static_cast<void>(portal.link("reset")); }
  void show(std::ostream& out) const override { out << "ask for a reset"; }
};

struct Unlock : OfPassword {
  PasswordOutcome in(PasswordModel& model) const override { return model.unlock(); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_as_admin("POST", "/unlock"); }
  void show(std::ostream& out) const override { out << "unlock"; }
};

struct Expire : OfPassword {
  PasswordOutcome in(PasswordModel& model) const override { return model.expire(); }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_as_admin("POST", "/expire"); }
  void show(std::ostream& out) const override { out << "expire the password"; }
};

struct SwitchState : OfPassword {
  bool suspends = once_in(2);
  PasswordOutcome in(PasswordModel& model) const override {
    if (suspends) {
      model.suspend();
    } else {
      model.reactivate();
    }
    return PasswordOutcome::done;
  }
  base::HttpResponse send(Portal& portal) const override {
    return portal.ask_as_admin("PUT", "", JsonObject{{"state", suspends ? "SUSPENDED" : "ACTIVATED"}});
  }
  void show(std::ostream& out) const override { out << (suspends ? "suspend" : "reactivate"); }
};

struct SwitchExpiry : OfPassword {
  bool never = once_in(2);
  PasswordOutcome in(PasswordModel& model) const override {
    model.set_never_expires(never);
    return PasswordOutcome::done;
  }
  base::HttpResponse send(Portal& portal) const override { return portal.ask_as_admin("PUT", "", JsonObject{{"password_never_expires", never}}); }
  void show(std::ostream& out) const override { out << (never ? "never expires" : "expires with time"); }
};

struct Wait : OfPassword {
  minutes span = one_of(waits);
  PasswordOutcome in(PasswordModel& model) const override {
    model.wait(span);
    return PasswordOutcome::done;
  }
  base::HttpResponse send(Portal& portal) const override {
    portal.wait(span);
    return base::HttpResponse(204);
  }
  void show(std::ostream& out) const override { out << "wait " << span.count() << " min"; }
};

SequenceCheck check(const directory::Defects& defects, const SequencePlan& plan) {
  return check_sequences("Passwords", plan, [&](CommandCount& count) {
    Portal portal(defects, count);
    rc::state::check(PasswordModel{}, portal,
                     rc::state::gen::execOneOfWithArgs<LogInRightly, LogInRightly, LogIn, LogIn, ChangePassword, ChangePassword, SetByAdmin, SetByAdmin,
                                                       UseActivationLink, UseActivationLink, UseResetLink, AskForReset, Unlock, Expire, SwitchState, SwitchState,
                                                       SwitchExpiry, Wait, Wait>());
  });
}

TEST(PasswordsModel, a_password_lives_as_in_the_model) { expect_kept(check({}, {.sequences = 100, .longest = 40})); }

class PasswordsDefect : public testing::TestWithParam<directory::Defect> {};

TEST_P(PasswordsDefect, is_noticed) { expect_noticed(defect_name(GetParam()), check(directory::Defects{GetParam()}, {.sequences = 200, .longest = 35}), 6); }

using directory::Defect;
INSTANTIATE_TEST_SUITE_P(Directory, PasswordsDefect,
                         testing::Values(Defect::password_rules_are_not_checked, Defect::unlock_is_forgotten, Defect::locked_shows_as_active,
                                         Defect::changed_password_keeps_sessions, Defect::suspend_forgets_sessions, Defect::suspended_may_log_in,
                                         Defect::pending_shows_as_active, Defect::password_shows_as_pending),
                         [](const auto& info) { return std::string(defect_name(info.param)); });

}  // namespace passwords_test
}  // namespace properties::models
