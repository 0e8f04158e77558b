// What somebody in front of a device sees, as a value: what tests, expectations and pictures of a screen all start from. It holds
// labels and names, never what was typed.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fakes::devices {

struct Screen {
  enum class Kind {
    off,
    setup,     ///< Setup Assistant of a Mac that nobody has used yet [rule V68]
    preboot,   ///< FileVault's window, before macOS is there [rule V71]
    login,     ///< nobody is in front
    locked,    ///< somebody's session goes on behind it
    desktop,
    web_view   ///< a page in the login window [rule V46]
  };
  /// A name to choose.
  struct Tile {
    std::string account;
    std::string full_name;
    bool selected = false;
    bool operator==(const Tile&) const = default;
  };
  /// A window that wants an answer: of the login keychain, for an administrator's rights, of the directory's app.
  struct Prompt {
    std::string title;
    std::string text;
    std::vector<std::string> fields;   ///< their labels
    std::vector<std::string> choices;  ///< what its buttons say, the usual one last
    bool operator==(const Prompt&) const = default;
  };

  Kind kind = Kind::off;
  std::string device;
  std::string platform;             ///< `windows` or `macos`
  std::string account;              ///< whose desktop or lock screen it is
  std::vector<Tile> tiles;          ///< by name; no disabled account is among them [rule V24] [rule V27]
  std::string typed_name;           ///< in the field for a name, where somebody gave one by hand instead of a tile
  std::vector<std::string> offers;  ///< beside the names: the directory's sign-in; on a Mac also Wi-Fi and Refresh [rule V40] [rule V46]
  std::string message;              ///< why nobody was let in [rule V28] [rule V81]
  bool shaking = false;             ///< macOS says no by shaking the window, without a word
  std::optional<Prompt> prompt;
  std::vector<std::string> popups;  ///< newest last [rule V87]
  std::string web_host;             ///< whose page the web view shows

  bool operator==(const Screen&) const = default;
};

}  // namespace fakes::devices
