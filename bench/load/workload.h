// What an identity provider does to a SCIM service provider, as a plan: stages of visits, each a short row of requests about one user
// or group of which a later one may need what an earlier one was answered. A plan is a pure function of profile, size and seed, so that
// two runs ask the same, and knows nothing of time: pace.h says when, load_run.h sends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench::load {

/// The first four are what providers do; the others ask one thing over and over, so that its cost is seen alone.
enum class Profile : std::uint8_t { entra_initial, entra_incremental, okta_import, mixed, look_ups, creates, patches };
/// All of them, as a command line names them.
[[nodiscard]] const std::vector<std::string>& profile_names();
[[nodiscard]] std::string_view to_text(Profile profile);
[[nodiscard]] std::optional<Profile> profile_named(std::string_view name);

/// Whose requests they are: the two clients write the same thing in different words.
enum class Dialect : std::uint8_t { entra, okta };

enum class Operation : std::uint8_t {
  look_up_user,   ///< GET /Users?filter=
  create_user,    ///< POST /Users
  read_user,      ///< GET /Users/{id}
  update_user,    ///< PATCH /Users/{id}
  replace_user,   ///< PUT /Users/{id} of what was read before
  list_users,     ///< GET /Users?startIndex=&count=
  look_up_group,  ///< GET /Groups?filter=
  create_group,   ///< POST /Groups
  add_member,     ///< PATCH /Groups/{id}
};
inline constexpr std::size_t operations = 9;
[[nodiscard]] std::string_view to_text(Operation operation);

struct Step {
  Operation operation{};
  Dialect dialect = Dialect::entra;
  std::size_t user = 0;       ///< from 0
  std::size_t group = 0;      ///< from 0
  std::size_t expected = 0;   ///< of look-ups: how many there are
  std::size_t start = 1;      ///< of a page
  std::string department{};   ///< of updates; empty: as it is
  std::optional<bool> active{};

  bool operator==(const Step&) const = default;
};
using Visit = std::vector<Step>;

struct Stage {
  std::string_view name;
  std::size_t visits = 0;
  bool measured = true;  ///< else it makes what the others need
  bool repeats = false;  ///< begins anew until the time is over, where one was given
};

/// Groups have so many members, the last one the rest.
inline constexpr std::size_t group_size = 20;
/// How many resources a page has. [Okta provisioning-clients 4.7-01]
inline constexpr std::size_t page_size = 100;

/// Of a hundred visits of the profile `mixed`.
struct Weight {
  std::string_view what;
  unsigned percent = 0;
};
[[nodiscard]] const std::vector<Weight>& mixed_weights();

class Workload {
 public:
  /// At least one user.
  Workload(Profile profile, std::size_t users, std::uint64_t seed);

  /// One after the other: a stage begins once the one before has come to its end.
  [[nodiscard]] const std::vector<Stage>& stages() const { return stages_; }
  /// The `index`-th of a stage, from 0; beyond its visits where it repeats.
  [[nodiscard]] Visit visit(std::size_t stage, std::size_t index) const;

  [[nodiscard]] std::size_t users() const { return users_; }
  [[nodiscard]] std::size_t groups() const { return groups_; }

 private:
  Profile profile_;
  std::size_t users_;
  std::size_t groups_ = 0;
  std::uint64_t seed_;
  std::vector<Stage> stages_;
};

}  // namespace bench::load
