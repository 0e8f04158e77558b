// What a campaign of random worlds leaves behind, as plain values. Nothing in it was measured: campaigns over the same seeds leave equal
// records, in one go or in parts that were joined.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/instant.h"
#include "scenarios/exploration.h"

namespace scenarios {

/// first, first + step, … last.
struct SeedRun {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t step = 1;

  bool operator==(const SeedRun&) const = default;
};

/// A law that the worlds were held against.
struct CampaignLaw {
  std::string id;
  std::string law;

  bool operator==(const CampaignLaw&) const = default;
};

struct CampaignFinding {
  std::string law;           ///< id
  std::string hash;          ///< 16 hexadecimal digits over law and script
  std::uint64_t seed = 0;    ///< of the first world that broke the law in this way
  std::uint64_t worlds = 1;  ///< how many did
  std::string text;          ///< what was seen
  std::string script;        ///< YAML that fails for the same reason
  std::uint64_t shrinking = 0;  ///< worlds that were played to make it small

  bool operator==(const CampaignFinding&) const = default;
};

/// Something that worlds ought to come to, or that holds in them.
struct CampaignProbe {
  std::string id;
  std::string kind;  ///< reachable, sometimes, always, unreachable
  bool rare = false;
  std::uint64_t worlds = 0;  ///< that came to it

  /// Whether worlds ought to come to it.
  [[nodiscard]] bool is_to_be_hit() const { return kind != "unreachable"; }
  /// Whether none has that ought to.
  [[nodiscard]] bool is_missed() const { return worlds == 0 && is_to_be_hit(); }
  bool operator==(const CampaignProbe&) const = default;
};

struct CampaignRecord {
  std::string version;  ///< of the program
  std::string size;     ///< of the worlds
  std::string focus;    ///< an area; empty: all
  std::string planted;  ///< a seeded defect; empty: none
  std::string target;   ///< SCIM base URL of a provider outside; empty: worlds were played
  std::string config;   ///< file that says how to speak to the target
  std::vector<SeedRun> seeds;  ///< that were played, by their first
  std::uint64_t worlds = 0;
  std::uint64_t events = 0;
  base::Duration virtual_time{0};
  std::uint64_t failures = 0;  ///< worlds that broke a law
  std::vector<CampaignLaw> laws;
  std::vector<CampaignFinding> findings;  ///< each hash once, by seed
  std::vector<CampaignProbe> probes{};    ///< all there are, by their tables
  std::map<FaultCell, std::uint64_t> matrix{};  ///< worlds in which an operation met a fault in a phase

  bool operator==(const CampaignRecord&) const = default;
};

}  // namespace scenarios
