// What the tests of golden requests share: files typed from what is published, each with a comment in its first line.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace fakes {

class GoldenFolder {
 public:
  /// A path below the sources.
  explicit GoldenFolder(const std::string& path) : path_(std::filesystem::path(LOCKSTEP_SOURCE_DIR) / path) {}

  /// Without the comment.
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream file(path_ / (name + ".http"));
    std::stringstream text;
    text << file.rdbuf();
    const auto whole = text.str();
    return whole.substr(whole.find('\n') + 1);
  }

  /// `cases` are pairs of a file's name and a function that plays the request.
  void expect_equal(const auto& cases) const {
    for (const auto& [name, play] : cases) EXPECT_EQ(play(), text(name)) << name;
  }

  /// Every file has a case, and every case a file.
  void expect_complete(const auto& cases) const {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) files.insert(entry.path().stem().string());
    std::set<std::string> played;
    for (const auto& [name, play] : cases) played.insert(name);
    EXPECT_EQ(files, played);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace fakes
