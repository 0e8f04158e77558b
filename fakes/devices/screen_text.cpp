#include "fakes/devices/screen_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fakes::devices {
namespace {

std::string names_on(const Screen& screen) {
  std::vector<std::string> names;
  for (const auto& tile : screen.tiles) names.push_back(tile.selected ? fmt::format("{} (chosen)", tile.account) : tile.account);
  auto text = fmt::format("{}", fmt::join(names, ", "));
  if (!screen.typed_name.empty()) text += fmt::format("{}{} (typed)", text.empty() ? "" : ", ", screen.typed_name);
  return text;
}

std::string ground_of(const Screen& screen) {
  switch (screen.kind) {
    case Screen::Kind::off: return "off";
    case Screen::Kind::setup: return "Setup Assistant";
    case Screen::Kind::preboot: return "FileVault: " + names_on(screen);
    case Screen::Kind::login: return "login screen: " + names_on(screen);
    case Screen::Kind::locked: return "lock screen of " + screen.account;
    case Screen::Kind::desktop: return "desktop of " + screen.account;
    case Screen::Kind::web_view: return "web view of " + screen.web_host;
  }
  return "";
}

std::string text_of(const Screen::Prompt& prompt) {
  auto text = prompt.title;
  if (!prompt.text.empty()) text += (text.empty() ? "" : ": ") + prompt.text;
  for (const auto& field : prompt.fields) text += fmt::format(" ({})", field);
  for (const auto& choice : prompt.choices) text += fmt::format(" [{}]", choice);
  return text;
}

}  // namespace

std::string to_text(const Screen& screen) {
  auto text = ground_of(screen);
  const auto add = [&text](const std::string& part) {
    if (!part.empty()) text += "; " + part;
  };
  add(screen.message);
  if (screen.shaking) add("the window shakes");
  if (screen.prompt) add(text_of(*screen.prompt));
  for (const auto& popup : screen.popups) add(popup);
  for (const auto& offer : screen.offers) add(offer);
  return text;
}

}  // namespace fakes::devices
