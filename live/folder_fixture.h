// A folder of a test's own, gone after it.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace live {

class Folder {
 public:
  Folder() {
    auto pattern = ::testing::TempDir() + "lockstep_live_XXXXXX";
    const auto* made = mkdtemp(pattern.data());
    EXPECT_NE(made, nullptr) << pattern;
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
  }
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(path_ + "/" + name); }
  /// The permission bits, in octal as chmod takes them.
  [[nodiscard]] unsigned mode(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(::stat((path_ + "/" + name).c_str(), &status), 0) << name;
    return status.st_mode & 0777U;
  }

 private:
  std::string path_;
};

}  // namespace live
