// A store's disk as files of one folder. Two programs never have the same folder open: a lock on a file in it is
// held until the disk is closed, or its program is gone.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/disk.h"
#include "base/result.h"
#include "live/background_sync.h"
#include "live/files.h"

namespace live {

class FileDisk final : public base::Disk {
 public:
  /// Makes the folder (0700) where there is none. An error says what is in the way.
  static base::Result<std::unique_ptr<FileDisk>> in_folder(const std::string& folder);

  std::unique_ptr<base::DiskFile> open(std::string_view name) override;
  [[nodiscard]] bool exists(std::string_view name) const override;
  base::DiskStatus remove(std::string_view name) override;
  /// From now on files can be synced while the loop goes on; `post` brings what is told to its thread.
  void sync_beside(BackgroundSync::Post post) { beside_ = std::make_unique<BackgroundSync>(std::move(post)); }
  /// Before that loop goes. What was begun is synced, and told if the loop still runs.
  void sync_beside_no_more() { beside_.reset(); }

  /// None: real calls have taken their time already.
  base::Duration take_cost() override { return base::Duration{0}; }

 private:
  class File;

  FileDisk(Descriptor folder, Descriptor lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}

  Descriptor folder_;
  Descriptor lock_;
  /// A sync has failed. The system may have dropped what was to be synced, so that a later one that succeeds
  /// would say nothing: nothing is written any more.
  bool failed_ = false;
  std::unique_ptr<BackgroundSync> beside_;
};

}  // namespace live
