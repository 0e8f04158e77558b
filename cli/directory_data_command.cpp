// `directory check` and `directory backup`: what an operator does with the data of a directory that is not served
// just then.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "directory/store/database.h"
#include "live/file_disk.h"
#include "live/files.h"
#include "live/system_entropy.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

/// An open store, with what it stands on.
struct Store {
  std::unique_ptr<live::FileDisk> disk;
  std::unique_ptr<directory::Database> database;
};

base::Result<Store> open_store(const std::string& folder, live::SystemEntropy& entropy) {
  std::error_code error;
  if (!fs::exists(folder + "/directory.db", error)) {
    return base::fail(fmt::format("there is no directory's database in {}", folder));
  }
  auto disk = live::FileDisk::in_folder(folder);
  if (!disk) return std::unexpected(disk.error());
  auto database = directory::Database::open(**disk, base::Rng{entropy});
  if (!database) return base::fail(fmt::format("the data in {} cannot be used: {}", folder, database.error().message));
  return Store{std::move(*disk), std::move(*database)};
}

/// The copy is made beside its place and moved there once it is whole and synced.
base::Result<void> back_up(directory::Database& database, const std::string& to) {
  const auto workplace = to + ".partial";
  std::error_code error;
  fs::remove_all(workplace, error);
  {
    const auto disk = live::FileDisk::in_folder(workplace);
    if (!disk) return std::unexpected(disk.error());
    if (auto copied = database.backup_to(**disk); !copied) {
      fs::remove_all(workplace, error);
      return copied;
    }
  }
  std::error_code moved;
  fs::rename(workplace + "/directory.db", to, moved);
  fs::remove_all(workplace, error);
  if (moved) return base::fail(fmt::format("{} cannot be written: {}", to, moved.message()));
  return live::sync_folder_of(to);
}

}  // namespace

int check_directory(const std::string& data) {
  live::SystemEntropy entropy;
  auto store = open_store(data, entropy);
  if (!store) return complain(exit_unavailable, store.error().message);
  const auto problems = store->database->integrity_check();
  for (const auto& problem : problems) fmt::print("{}: {}\n", data, problem);
  if (problems.empty()) fmt::print("{}: sound\n", data);
  return problems.empty() ? exit_pass : exit_violation;
}

int back_up_directory(const std::string& data, const std::string& to) {
  std::error_code error;
  if (fs::exists(to, error)) return complain(exit_usage, fmt::format("{} is there already", to));
  live::SystemEntropy entropy;
  auto store = open_store(data, entropy);
  if (!store) return complain(exit_unavailable, store.error().message);
  if (const auto done = back_up(*store->database, to); !done) return complain(exit_unavailable, done.error().message);
  fmt::print("{}: {} bytes, every page verified\n", to, fs::file_size(to, error));
  return exit_pass;
}

}  // namespace cli
