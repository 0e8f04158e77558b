// Chromium without a window, for tests of the pages and pictures of them. Speaks the DevTools protocol; every
// wait is for an event of it and ends when the browser does or takes too long.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reports/browser/chromium_process.h"

namespace reports {

/// What the protocol answered, or what went wrong, for a person.
using Answer = std::expected<nlohmann::json, std::string>;

class Tab;

/// Where a Chromium is installed; empty: nowhere.
[[nodiscard]] std::filesystem::path find_chromium();

class Browser {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<Browser>, std::string> start(
      const std::filesystem::path& program);

  /// An empty tab that shares nothing with others. It must not outlive the browser.
  [[nodiscard]] std::expected<std::unique_ptr<Tab>, std::string> open_tab();

 private:
  friend class Tab;
  explicit Browser(std::unique_ptr<ChromiumProcess> process) : process_(std::move(process)) {}

  Answer call(const std::string& session, std::string_view method, nlohmann::json parameters);
  /// Keeps an event of a session, dismisses dialogs. What is returned answers a call; null: it was an event.
  Answer take_message();

  std::unique_ptr<ChromiumProcess> process_;
  int calls_ = 0;
  std::map<std::string, std::vector<nlohmann::json>> events_;  ///< by session
};

enum class Scheme { light, dark };
enum class Medium { screen, print };

/// In pixels of the page, from its beginning.
struct Rectangle {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

class Tab {
 public:
  Tab(Browser& browser, std::string target, std::string session);
  Tab(const Tab&) = delete;
  Tab& operator=(const Tab&) = delete;
  ~Tab();

  /// Returns when the page is loaded. `fragment` is what stands behind the number sign of the address.
  Answer open(const std::filesystem::path& file, std::string_view fragment = "");
  /// The same of a page that somebody serves.
  Answer visit(const std::string& address);
  /// The value of a JavaScript expression; a promise is awaited.
  Answer evaluate(std::string_view expression);
  /// A key by its name in the DOM: a small letter, Tab, Enter, Escape, Space, ArrowDown …, these with Shift or without.
  Answer press(std::string_view key, bool shift = false);
  Answer type(std::string_view text);

  Answer emulate(Scheme scheme, Medium medium = Medium::screen);
  Answer resize(int width, int height, int pixels_each = 1);
  /// For pages that are opened from then on; `evaluate` goes on working.
  Answer disable_scripts();

  /// Nodes of the accessibility tree, flat.
  Answer accessibility_tree();
  /// The bytes of a PNG.
  std::expected<std::string, std::string> screenshot(const Rectangle& part);
  /// The bytes of a PDF.
  std::expected<std::string, std::string> print();

  /// Errors and warnings on the console, exceptions, what the browser refused, dialogs: a line each.
  [[nodiscard]] std::vector<std::string> complaints() const;
  /// Addresses of everything that was asked for, the page itself included.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  friend class Browser;
  Answer call(std::string_view method, nlohmann::json parameters = nlohmann::json::object());
  Answer press_letter(std::string_view letter);
  [[nodiscard]] const std::vector<nlohmann::json>& events() const;

  Browser& browser_;
  std::string target_;
  std::string session_;
};

}  // namespace reports
