// The console in Chromium, by mouse and by keyboard.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <stdlib.h>

#include "cli/serve_world_fixture.h"
#include "reports/browser/browser.h"

namespace cli {
namespace console_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Console : public ServeWorld {
 protected:
  static void SetUpTestSuite() {
    const auto program = reports::find_chromium();
    if (program.empty()) return;
    auto started = reports::Browser::start(program);
    if (started) {
      browser_ = std::move(*started);
    } else {
      why_not_ = started.error();
    }
  }
  static void TearDownTestSuite() { browser_.reset(); }

  void SetUp() override {
    ServeWorld::SetUp();
    if (browser_ == nullptr && why_not_.empty()) {
      const bool in_ci = getenv("CI") != nullptr;  // tidy-allow: environment: CI must not skip what a desk may
      ASSERT_FALSE(in_ci) << "chromium is missing; packages.txt names it";
      GTEST_SKIP() << "chromium is not installed";
    }
    ASSERT_NE(browser_, nullptr) << why_not_;
    serve({"entra", "graph", "okta", "directory", "devices"});
    auto opened = browser_->open_tab();
    ASSERT_TRUE(opened) << opened.error();
    tab_ = std::move(*opened);
    const auto there = tab_->visit(setting("LOCKSTEP_CONTROL_URL") + "/console");
    ASSERT_TRUE(there) << there.error();
    wait_until("document.querySelector('#now').textContent !== '' && document.querySelectorAll('#screens svg').length === 2");
  }
  void TearDown() override {
    if (tab_ && !is_refused_) EXPECT_THAT(tab_->complaints(), IsEmpty());
    tab_.reset();
    ServeWorld::TearDown();
  }

  nlohmann::json evaluate(const std::string& expression) {
    const auto value = tab_->evaluate(expression);
    EXPECT_TRUE(value) << value.error();
    return value ? *value : nlohmann::json();
  }
  void wait_until(const std::string& condition) {
    const auto found = evaluate(fmt::format(R"(new Promise((resolve) => {{
      const late = setTimeout(() => resolve(document.querySelector('#said').textContent), 20000);
      const look = () => ({0}) ? (clearTimeout(late), resolve(true)) : setTimeout(look, 20);
      look();
    }}))",
                                            condition));
    EXPECT_EQ(found, true) << condition;
  }
  std::string text_of(const std::string& selector) { return evaluate(fmt::format("document.querySelector('{}').textContent", selector)).get<std::string>(); }
  void press(const std::string& key) {
    const auto pressed = tab_->press(key);
    EXPECT_TRUE(pressed) << pressed.error();
  }
  void do_step(const std::string& step) {
    press("s");
    const auto typed = tab_->type(step);
    EXPECT_TRUE(typed) << typed.error();
    const auto before = evaluate("document.querySelectorAll('#done li').length").get<int>();
    press("Enter");
    wait_until(fmt::format("document.querySelectorAll('#done li').length > {} && !document.body.hasAttribute('aria-busy')", before));
    press("Escape");
  }

  static inline std::unique_ptr<reports::Browser> browser_;
  static inline std::string why_not_;
  std::unique_ptr<reports::Tab> tab_;
  bool is_refused_ = false;  ///< of which the browser complains
};

TEST_F(Console, shows_who_is_there) {
  EXPECT_EQ(text_of("#title"), "A small company");
  EXPECT_EQ(text_of("#now"), "2026-01-05 08:00:00Z");
  EXPECT_THAT(text_of("#state"), HasSubstr("ann@example.test"));
  EXPECT_THAT(text_of("#screens"), HasSubstr("mac-1"));
  EXPECT_GT(evaluate("document.querySelector('#screens svg').getBoundingClientRect().height").get<double>(), 100.0);
  EXPECT_THAT(text_of("#quirks"), HasSubstr("batch_shuffled"));
  // Nothing from elsewhere.
  for (const auto& address : tab_->requests()) EXPECT_THAT(address, HasSubstr(setting("LOCKSTEP_CONTROL_URL")));
}

TEST_F(Console, a_day_of_work_is_saved_as_a_script) {
  do_step("entra.create_user: {user: eve, given_name: Eve, surname: Early, mail: eve@example.test}");
  EXPECT_THAT(text_of("#done"), HasSubstr("→ ok"));
  press("c");
  wait_until("document.querySelector('#now').textContent.startsWith('2026-01-05 08:40:00')");
  wait_until("document.querySelector('#timeline').textContent.includes('POST /scim/v2/Users')");
  wait_until("document.querySelector('#state').textContent.includes('eve@example.test')");
  do_step("admin.suspend_user: {user: eve}");

  const auto saved = evaluate("fetch(document.querySelector('#save').href).then((answer) => answer.text())").get<std::string>();
  write("saved.yaml", saved);
  const auto ended = call({"run", "saved.yaml"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err << saved;
  EXPECT_THAT(saved, HasSubstr("at: 40m1ms"));
}

TEST_F(Console, opens_an_exchange_by_keyboard) {
  press("c");
  wait_until("document.querySelectorAll('#timeline li[data-id]').length > 0 && !document.body.hasAttribute('aria-busy')");
  press("k");
  wait_until("!document.querySelector('#exchange').hidden");
  EXPECT_THAT(text_of("#exchange-body"), HasSubstr("Request"));
  EXPECT_EQ(evaluate("document.querySelectorAll('#timeline li[aria-current=true]').length"), 1);
}

TEST_F(Console, injects_a_fault_and_says_what_it_has_done) {
  evaluate("document.querySelector('#fault').value = 'lose_response', document.querySelector('#fault-from').value = 'entra', 0");
  evaluate("document.querySelector('#fault-form button').click(), 0");
  wait_until("document.querySelector('#said').textContent.includes('lose_response will befall 1')");
  do_step("entra.create_user: {user: eve, mail: eve@example.test}");
  press("c");
  wait_until("document.querySelector('#befallen').textContent.includes('lose_response: entra')");
}

TEST_F(Console, goes_back_to_what_was_kept) {
  evaluate("document.querySelector('#keep').click(), 0");
  wait_until("!document.querySelector('#back').disabled && !document.body.hasAttribute('aria-busy')");
  press("d");
  wait_until("document.querySelector('#now').textContent.startsWith('2026-01-06')");
  evaluate("document.querySelector('#back').click(), 0");
  wait_until("document.querySelector('#now').textContent.startsWith('2026-01-05 08:00:00')");
}

TEST_F(Console, says_what_is_wrong_with_a_step) {
  is_refused_ = true;
  press("s");
  EXPECT_TRUE(tab_->type("entra.create_usr: {user: eve}"));
  press("Enter");
  wait_until("document.querySelector('#said').className === 'bad'");
  EXPECT_THAT(text_of("#said"), HasSubstr("entra.create_user"));
}

}  // namespace console_test
}  // namespace cli
