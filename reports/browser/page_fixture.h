// Pages in Chromium: one browser for a suite, a tab of its own for each test. Where no Chromium is installed
// the tests are skipped, but not in CI, which says so in its environment.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "reports/browser/browser.h"

namespace reports {

class PageTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto program = find_chromium();
    if (program.empty()) return;
    auto started = Browser::start(program);
    if (started) {
      browser_ = std::move(*started);
    } else {
      why_not_ = started.error();
    }
  }
  static void TearDownTestSuite() { browser_.reset(); }

  void SetUp() override {
    if (browser_ == nullptr && why_not_.empty()) {
      const bool in_ci =
          getenv("CI") != nullptr;  // tidy-allow: environment: CI must not skip what a desk may
      ASSERT_FALSE(in_ci) << "chromium is missing; packages.txt names it";
      GTEST_SKIP() << "chromium is not installed";
    }
    ASSERT_NE(browser_, nullptr) << why_not_;
    folder_ = std::filesystem::path(::testing::TempDir()) / "lockstep-pages-XXXXXX";
    auto name = folder_.string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto opened = browser_->open_tab();
    ASSERT_TRUE(opened) << opened.error();
    tab_ = std::move(*opened);
  }
  void TearDown() override {
    tab_.reset();
    std::filesystem::remove_all(folder_);
  }

  Tab& tab() { return *tab_; }

  /// Writes a page to a file of its own and opens it.
  void show(const std::string& page, std::string_view fragment = "") {
    const auto file = folder_ / ("page ä " + std::to_string(++pages_) + ".html");
    std::ofstream out(file, std::ios::binary);
    out << page;
    out.close();
    expect(tab().open(file, fragment));
  }
  nlohmann::json evaluate(std::string_view expression) { return value(tab().evaluate(expression)); }
  void press(std::string_view key) { expect(tab().press(key)); }
  /// A link within the page is followed a moment after it was activated: say so before, and wait after.
  void expect_to_move() {
    evaluate(
        "window.moved = new Promise(resolve => addEventListener('hashchange', () => resolve(1), {once: "
        "true})), 0");
  }
  void wait_for_the_move() { EXPECT_EQ(evaluate("moved"), 1); }

  template <class Value>
  static void expect(const std::expected<Value, std::string>& answer) {
    EXPECT_TRUE(answer) << answer.error();
  }
  static nlohmann::json value(const Answer& answer) {
    if (answer) return *answer;
    ADD_FAILURE() << answer.error();
    return {};
  }

 private:
  static inline std::unique_ptr<Browser> browser_;
  static inline std::string why_not_;
  std::filesystem::path folder_;
  int pages_ = 0;
  std::unique_ptr<Tab> tab_;
};

}  // namespace reports
