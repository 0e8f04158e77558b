#include "scenarios/engine/seeded_defects.h"

#include <algorithm>
#include <span>
#include <utility>

namespace scenarios {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <class Defect>
void add(std::vector<SeededDefect>& out, std::string_view part, std::span<const base::DefectRow<Defect>> rows,
         base::DefectSet<Defect> SeededDefects::*chosen) {
  for (const auto& row : rows) {
    SeededDefect defect{std::string(part), row.name, row.what, words_of(row.rules), row.modelled_on, {}};
    (defect.alone.*chosen).insert(row.defect);
    out.push_back(std::move(defect));
  }
}

}  // namespace

bool SeededDefects::meets(const SeededDefects& other) const {
  return directory.meets(other.directory) || entra.meets(other.entra) || okta.meets(other.okta) || devices.meets(other.devices);
}

void SeededDefects::note_questions_in(SeededDefects& asked) {
  directory.note_questions_in(asked.directory);
  entra.note_questions_in(asked.entra);
  okta.note_questions_in(asked.okta);
  devices.note_questions_in(asked.devices);
}

const std::vector<SeededDefect>& all_seeded_defects() {
  static const auto all = [] {
    std::vector<SeededDefect> out;
    add(out, "directory", directory::defect_rows(), &SeededDefects::directory);
    add(out, "entra", fakes::entra::defect_rows(), &SeededDefects::entra);
    add(out, "okta", fakes::okta::defect_rows(), &SeededDefects::okta);
    add(out, "devices", fakes::devices::defect_rows(), &SeededDefects::devices);
    return out;
  }();
  return all;
}

}  // namespace scenarios
