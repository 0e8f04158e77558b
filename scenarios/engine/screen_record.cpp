#include "scenarios/engine/screen_record.h"

#include "fakes/devices/screen_text.h"

namespace scenarios {
namespace {

namespace devices = fakes::devices;

ScreenRecord::Kind kind_of(devices::Screen::Kind kind) {
  switch (kind) {
    case devices::Screen::Kind::off: return ScreenRecord::Kind::off;
    case devices::Screen::Kind::setup: return ScreenRecord::Kind::setup;
    case devices::Screen::Kind::preboot: return ScreenRecord::Kind::preboot;
    case devices::Screen::Kind::login: return ScreenRecord::Kind::login;
    case devices::Screen::Kind::locked: return ScreenRecord::Kind::locked;
    case devices::Screen::Kind::desktop: return ScreenRecord::Kind::desktop;
    case devices::Screen::Kind::web_view: return ScreenRecord::Kind::web_view;
  }
  return ScreenRecord::Kind::off;
}

}  // namespace

ScreenRecord screen_record(const devices::Screen& screen, base::Instant at) {
  ScreenRecord record;
  record.at = at;
  record.device = screen.device;
  record.platform = screen.platform;
  record.kind = kind_of(screen.kind);
  record.text = to_text(screen);
  record.account = screen.account;
  for (const auto& tile : screen.tiles) record.tiles.push_back({tile.account, tile.full_name, tile.selected});
  record.typed_name = screen.typed_name;
  record.message = screen.message;
  record.shaking = screen.shaking;
  if (screen.prompt) record.prompt = ScreenRecord::Prompt{screen.prompt->title, screen.prompt->text, screen.prompt->fields, screen.prompt->choices};
  record.popups = screen.popups;
  record.offers = screen.offers;
  record.web_host = screen.web_host;
  return record;
}

void ScreenWatch::look(const devices::Screen& screen, base::Instant at) {
  const auto [last, first_look] = last_.try_emplace(screen.device, screen);
  if (!first_look && last->second == screen) return;
  last->second = screen;
  auto& screens = record_->screens;
  if (screens.size() == most_) {
    screens.erase(screens.begin());
    ++record_->screens_forgotten;
  }
  screens.push_back(screen_record(screen, at));
}

}  // namespace scenarios
