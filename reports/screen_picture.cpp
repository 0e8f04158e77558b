#include "reports/screen_picture.h"

#include <algorithm>
#include <string>
#include <vector>

#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::ScreenRecord;
using Kind = ScreenRecord::Kind;

constexpr int middle = screen_width / 2;
constexpr int bar_height = 26;
constexpr int letter = 7;  ///< about a character of the smallest text, and a little more
constexpr std::size_t most_tiles = 5;
constexpr std::size_t most_buttons = 3;
constexpr std::size_t most_popups = 2;
constexpr std::size_t most_offers = 3;

std::string shown(std::string_view text, std::size_t characters) { return shortened(visible(text, Breaks::join), characters); }

std::string name_on(const ScreenRecord::Tile& tile) { return tile.full_name.empty() ? tile.account : tile.full_name; }

/// Its first character.
std::string initial_of(std::string_view name) {
  const auto whole = visible(name, Breaks::join);
  std::size_t end = whole.empty() ? 0 : 1;
  while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xC0U) == 0x80U) ++end;
  auto first = whole.substr(0, end);
  if (first.size() == 1 && first[0] >= 'a' && first[0] <= 'z') first[0] = static_cast<char>(first[0] - 'a' + 'A');
  return first;
}

/// Draws one screen. Every text stands in a group with the box that is behind it, or has a halo of its ground.
class Picture {
 public:
  explicit Picture(const ScreenRecord& screen) : screen_(screen) {}

  Html draw();

 private:
  void add_text(int x, int y, std::string_view style, std::string_view text);
  void add_box(std::string_view style, int x, int y, int width, int height, int radius);
  void add_button(int x, int y, int width, std::string_view text, bool usual);
  void add_face(int x, int y, int radius, std::string_view name, bool chosen);
  void add_padlock(int x, int y);
  void add_title();
  void add_ground();
  void add_tiles_in_a_row(int y);
  void add_tiles_in_a_column();
  void add_typed_name(int y);
  void add_names();
  void add_message();
  void add_offers();
  void add_desktop();
  void add_prompt();
  void add_popups();
  void add_web_view();
  void add_off();
  void add_setup();
  void add_locked();

  [[nodiscard]] bool is_mac() const { return screen_.platform == "macos"; }

  const ScreenRecord& screen_;
  Html html_;
};

void Picture::add_text(int x, int y, std::string_view style, std::string_view text) {
  html_.add(R"(<text class="{}" x="{}" y="{}">{}</text>)", style, x, y, text);
}

void Picture::add_box(std::string_view style, int x, int y, int width, int height, int radius) {
  html_.add(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>)", style, x, y, width, height, radius);
}

void Picture::add_button(int x, int y, int width, std::string_view text, bool usual) {
  html_.add("<g>");
  add_box(usual ? "usual" : "button", x, y, width, 24, is_mac() ? 7 : 3);
  add_text(x + width / 2, y + 16, usual ? "small on-usual" : "small", text);
  html_.add("</g>\n");
}

void Picture::add_face(int x, int y, int radius, std::string_view name, bool chosen) {
  html_.add(R"(<circle class="{}" cx="{}" cy="{}" r="{}"/>)", chosen ? "face chosen" : "face", x, y, radius);
  add_text(x, y + 7, "bare initial", initial_of(name));
}

void Picture::add_padlock(int x, int y) {
  html_.add(R"(<path class="sign" d="M{} {}v-7a8 8 0 0 1 16 0v7"/>)", x - 8, y);
  html_.add(R"(<rect class="sign" x="{}" y="{}" width="24" height="18" rx="3"/>)", x - 12, y);
}

/// What is read aloud: the words as the title, and beneath it who the names are, since the words have accounts and the picture has people.
void Picture::add_title() {
  html_.add("<title>{}: {}</title>", visible(screen_.device, Breaks::join), visible(screen_.text, Breaks::join));
  html_.add("<desc>A device with {}, {}.", is_mac() ? "macOS" : "Windows", to_text(screen_.kind));
  for (const auto& tile : screen_.tiles) {
    if (!tile.full_name.empty() && tile.full_name != tile.account)
      html_.add(" {} is {}.", visible(tile.account, Breaks::join), visible(tile.full_name, Breaks::join));
  }
  html_.add("</desc>\n");
}

void Picture::add_ground() {
  add_box("glass", 1, 1, screen_width - 2, screen_height - 2, 9);
  html_.add("\n");
}

void Picture::add_tiles_in_a_row(int y) {
  const auto count = static_cast<int>(std::min(screen_.tiles.size(), most_tiles));
  constexpr int distance = 88;
  auto x = middle - distance * (count - 1) / 2;
  for (int i = 0; i < count; ++i, x += distance) {
    const auto& tile = screen_.tiles[static_cast<std::size_t>(i)];
    add_face(x, y, 26, name_on(tile), tile.selected);
    add_text(x, y + 44, tile.selected ? "bare bold" : "bare", shown(name_on(tile), 12));
    html_.add("\n");
  }
  if (screen_.tiles.size() > most_tiles) {
    add_text(screen_width - 14, y - 34, "bare small dim", fmt::format("+{}", screen_.tiles.size() - most_tiles));
    html_.add("\n");
  }
}

/// Windows lists names at the lower left and shows the chosen one large.
void Picture::add_tiles_in_a_column() {
  const auto count = static_cast<int>(std::min(screen_.tiles.size(), most_tiles));
  auto y = screen_height - 30 - 38 * (count - 1);
  if (screen_.tiles.size() > most_tiles) {
    add_text(20, y - 26, "bare small dim left", fmt::format("and {} more", screen_.tiles.size() - most_tiles));
  }
  for (int i = 0; i < count; ++i, y += 38) {
    const auto& tile = screen_.tiles[static_cast<std::size_t>(i)];
    html_.add(R"(<circle class="{}" cx="32" cy="{}" r="14"/>)", tile.selected ? "face chosen" : "face", y);
    add_text(54, y + 5, tile.selected ? "bare bold left" : "bare left", shown(name_on(tile), 15));
    html_.add("\n");
  }
  const auto chosen = std::ranges::find_if(screen_.tiles, &ScreenRecord::Tile::selected);
  const auto* large = chosen != screen_.tiles.end() ? &*chosen : screen_.tiles.size() == 1 ? &screen_.tiles.front() : nullptr;
  if (!screen_.typed_name.empty() || large == nullptr) return;
  add_face(middle + 40, 92, 34, name_on(*large), chosen != screen_.tiles.end());
  add_text(middle + 40, 152, "bare large", shown(name_on(*large), 24));
  html_.add("\n");
}

void Picture::add_typed_name(int y) {
  if (screen_.typed_name.empty()) return;
  const auto x = is_mac() ? middle : middle + 40;
  html_.add("<g class=\"left\">");
  add_box("field", x - 100, y, 200, 26, is_mac() ? 7 : 3);
  add_text(x - 90, y + 18, "", shown(screen_.typed_name, 24));
  html_.add("</g>\n");
}

void Picture::add_names() {
  if (is_mac() || screen_.kind == Kind::preboot) {
    add_tiles_in_a_row(108);
    add_typed_name(168);
  } else {
    add_tiles_in_a_column();
    add_typed_name(92);
  }
  if (screen_.tiles.empty() && screen_.typed_name.empty()) add_text(middle, 112, "bare dim", "no names");
  if (screen_.kind == Kind::preboot) {
    add_padlock(middle, 38);
    add_text(middle, 208, "bare small dim", "FileVault: the disk is locked");
  }
  if (screen_.shaking) {
    html_.add(R"(<path class="sign" d="M26 84q-9 24 0 48M16 76q-12 32 0 64"/>)");
    html_.add(R"(<path class="sign" d="M{} 84q9 24 0 48M{} 76q12 32 0 64"/>)", screen_width - 26, screen_width - 16);
  }
  html_.add("\n");
}

void Picture::add_message() {
  if (screen_.message.empty()) return;
  auto lines = wrapped(visible(screen_.message, Breaks::join), 44);
  if (lines.size() > 4) {
    lines.resize(4);
    lines.back() = shortened(lines.back(), 42) + " …";
  }
  const auto x = is_mac() ? middle : middle + 52;
  auto y = is_mac() || screen_.kind == Kind::preboot ? 214 : 168;
  html_.add("<g>");
  add_box("warning", x - 158, y, 316, 14 + 17 * static_cast<int>(lines.size()), 5);
  for (const auto& line : lines) {
    y += 17;
    add_text(x, y + 2, "warned", line);
  }
  html_.add("</g>\n");
}

void Picture::add_offers() {
  const auto count = std::min(screen_.offers.size(), most_offers);
  auto x = screen_width - 14;
  if (screen_.offers.size() > most_offers) {
    x -= 26;
    add_text(screen_width - 22, screen_height - 20, "bare small dim", fmt::format("+{}", screen_.offers.size() - most_offers));
  }
  for (std::size_t i = count; i-- > 0;) {
    const auto text = shown(screen_.offers[i], 26);
    const auto width = letter * static_cast<int>(count_characters(text)) + 18;
    x -= width;
    add_button(x, screen_height - 36, width, text, false);
    x -= 8;
  }
}

void Picture::add_desktop() {
  const auto y = is_mac() ? 1 : screen_height - bar_height - 1;
  html_.add("<g class=\"left\">");
  add_box("bar", 1, y, screen_width - 2, bar_height, 8);
  add_text(14, y + 17, "bold", shown(screen_.account, 40));
  html_.add("</g>\n");
  if (screen_.prompt) return;
  // A window of somebody's work, without anything to read.
  add_box("panel", 120, 66, 240, 150, 8);
  html_.add(R"(<path class="sign" d="M144 108h150M144 134h190M144 160h120"/>)");
  html_.add("\n");
}

void Picture::add_prompt() {
  if (!screen_.prompt) return;
  const auto& prompt = *screen_.prompt;
  auto title = wrapped(visible(prompt.title, Breaks::join), 40);
  if (title.size() > 2) title.resize(2);
  auto text = prompt.text.empty() ? std::vector<std::string>{} : wrapped(visible(prompt.text, Breaks::join), 48);
  if (text.size() > 3) {
    text.resize(3);
    text.back() = shortened(text.back(), 46) + " …";
  }
  const auto fields = std::min<std::size_t>(prompt.fields.size(), 2);
  const auto choices = std::min(prompt.choices.size(), most_buttons);
  const auto stacked = choices > 2;
  const auto buttons = choices == 0 ? 0 : stacked ? static_cast<int>(choices) * 30 : 30;
  const auto height = 34 + 19 * static_cast<int>(title.size()) + 16 * static_cast<int>(text.size()) + 32 * static_cast<int>(fields) + buttons;
  auto y = std::max(30, (screen_height - height) / 2);
  html_.add("<g>");
  add_box("panel", middle - 160, y, 320, height, 9);
  y += 9;
  for (const auto& line : title) add_text(middle, y += 19, "bold", line);
  for (const auto& line : text) add_text(middle, y += 16, "small", line);
  html_.add("</g>\n");
  y += 12;
  for (std::size_t i = 0; i < fields; ++i, y += 32) {
    html_.add("<g class=\"left\">");
    add_box("field", middle - 130, y, 260, 24, 5);
    add_text(middle - 120, y + 16, "small dim", shown(prompt.fields[i], 34));
    html_.add("</g>\n");
  }
  for (std::size_t i = 0; i < choices; ++i) {
    const bool usual = i + 1 == prompt.choices.size();
    const auto text_of_button = shown(prompt.choices[i], stacked ? 34 : 18);
    if (stacked) {
      add_button(middle - 130, y, 260, text_of_button, usual);
      y += 30;
    } else {
      add_button(choices == 1 ? middle - 70 : middle - 140 + 144 * static_cast<int>(i), y, choices == 1 ? 140 : 136, text_of_button, usual);
    }
  }
}

void Picture::add_popups() {
  const auto count = std::min(screen_.popups.size(), most_popups);
  auto y = screen_height - (is_mac() ? 14 : bar_height + 10);
  for (std::size_t i = 0; i < count; ++i) {
    const auto lines = wrapped(shown(screen_.popups[screen_.popups.size() - 1 - i], 90), 30);
    const auto height = 14 + 15 * static_cast<int>(lines.size());
    y -= height;
    html_.add("<g class=\"left\">");
    add_box("panel", screen_width - 232, y, 218, height, 6);
    for (std::size_t line = 0; line < lines.size(); ++line)
      add_text(screen_width - 222, y + 19 + 15 * static_cast<int>(line), "small", lines[line]);
    html_.add("</g>\n");
    y -= 8;
  }
}

void Picture::add_web_view() {
  html_.add("<g class=\"left\">");
  add_box("panel", 60, 34, screen_width - 120, screen_height - 68, 9);
  html_.add("</g>\n<g>");
  add_box("field", 150, 44, 180, 22, 11);
  add_text(middle, 59, "small", shown(screen_.web_host, 26));
  html_.add("</g>\n");
  html_.add(R"(<path class="sign" d="M180 108h120M150 140h180v26h-180zM150 182h180v26h-180z"/>)");
  html_.add("\n");
}

void Picture::add_off() {
  html_.add(R"(<path class="sign" d="M{} 108v24M{} 116a26 26 0 1 0 28 0"/>)", middle, middle - 14);
  add_text(middle, 196, "bare", "off");
  html_.add("\n");
}

void Picture::add_setup() {
  html_.add("<g>");
  add_box("panel", 90, 56, screen_width - 180, screen_height - 112, 9);
  add_text(middle, 92, "large", "Setup Assistant");
  add_text(middle, 116, "small", "Create a computer account");
  html_.add("</g>\n");
  html_.add(R"(<path class="sign" d="M150 140h180v24h-180zM150 178h180v24h-180z"/>)");
  html_.add("\n");
}

void Picture::add_locked() {
  add_padlock(middle, 64);
  add_face(middle, 132, 32, screen_.account, false);
  add_text(middle, 188, "bare large", shown(screen_.account, 30));
  html_.add("\n");
}

Html Picture::draw() {
  html_.add(R"(<svg class="screen {} {}" viewBox="0 0 {} {}" width="{}" height="{}" role="img">)", is_mac() ? "macos" : "windows",
            screen_.kind == Kind::off ? "off" : "on", screen_width, screen_height, screen_width, screen_height);
  add_title();
  add_ground();
  switch (screen_.kind) {
    case Kind::off: add_off(); break;
    case Kind::setup: add_setup(); break;
    case Kind::preboot:
    case Kind::login: add_names(); break;
    case Kind::locked: add_locked(); break;
    case Kind::desktop: add_desktop(); break;
    case Kind::web_view: add_web_view(); break;
  }
  add_message();
  add_popups();
  add_offers();
  add_prompt();
  add_box("frame", 1, 1, screen_width - 2, screen_height - 2, 9);
  html_.add("</svg>\n");
  return html_;
}

}  // namespace

Html screen_picture(const ScreenRecord& screen) { return Picture(screen).draw(); }

}  // namespace reports
