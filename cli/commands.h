// One function a command: options in, exit code out.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace cli {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};

/// Reads `A..B` or `N`; empty where it is neither, or ends before it begins.
[[nodiscard]] std::optional<SeedRange> parse_seeds(const std::string& text);

struct RunCommand {
  std::vector<std::string> paths;
  std::optional<SeedRange> seeds;  ///< none: the script's own seed
  std::string arm = "sim";
  std::string target;  ///< a URL or `core`; empty: the configuration's, or the core
  std::string config;
  bool twice = false;
  std::optional<bool> shuffle_ties;  ///< none: as the script says
  std::string report;
  std::string trace;
  std::string format = "text";
  bool no_report = false;
  std::string planted;       ///< a seeded defect; empty: none
  std::string dispatch_log;  ///< for the second process of --twice
};

/// `fuzz`.
struct FuzzCommand {
  SeedRange seeds{1, UINT64_MAX};
  std::optional<base::Duration> time;
  std::uint64_t jobs = 0;  ///< worker processes; 0: one for each core
  std::uint64_t shard = 1;
  std::uint64_t shards = 1;
  std::string focus;
  std::string size = "default";
  std::string planted;
  std::string target;        ///< SCIM base URL of a provider outside; empty: the core
  std::string config;        ///< how it is spoken to
  std::uint64_t sample = 0;  ///< with `all` planted defects: so many of them; 0: each
  std::uint64_t shrinking = 2'000;  ///< worlds that may be played to make a finding small
  std::uint64_t failures = 10;      ///< ends once so many worlds have failed; 0: never
  std::string out = "out/fuzz";
  bool require_probes = false;  ///< those that are not rare are to be hit
};

/// `replay FILE`.
struct ReplayCommand {
  std::string path;
  std::string until;  ///< a time since the start, or the number of an event; empty: to the end
  bool explain = false;
  std::optional<std::uint64_t> seed;  ///< none: the script's own
  std::optional<bool> shuffle_ties;   ///< none: as the script says
  std::string planted;
};

/// `serve`: of a world, or with `data` of the directory alone.
struct ServeCommand {
  std::vector<std::string> parties;
  std::string world;  ///< path of a script; empty: the world that comes with the program
  std::string clock = "stepped";
  std::string start = "now";
  bool proxy = false;
  std::string tls_folder = "out/tls";
  std::string environment_file;
  std::string data;
  std::string key_file;
  std::string integration = "generic";
  std::optional<std::uint16_t> port;  ///< none: 8080, and of a world free ones
  std::string listen = "127.0.0.1";
  bool tls = false;
  std::vector<std::string> hosts;
  std::string public_url;
  std::string mail_relay;
  bool mail_on_request = false;
  std::vector<std::string> plain_hosts;
  std::string trust;
  std::optional<std::uint64_t> seed;
  bool verbose = false;
  bool single_commits = false;  ///< for measurements
};

/// `conform SUITE`.
struct ConformCommand {
  std::string suite;
  std::string target;  ///< a URL, `core` or `fake`; empty: the configuration's, or the core
  std::vector<std::string> quirks;  ///< what the fake gets wrong
  std::string config;
  std::string token_file;
  std::string basic_file;
  std::string oauth_file;  ///< a configuration file of its own that holds `auth: {oauth: …}`
  std::string cases;       ///< folder of the suites; empty: those that come with the program
  std::vector<std::string> only;
  std::vector<std::string> skip;
  double rate = 0;                  ///< requests a second; 0: the configuration's
  bool read_only = false;
  bool plan = false;
  bool yes = false;
  bool no_report = false;
  std::string report = "out/conform";
  std::string baseline;
  std::optional<std::uint64_t> seed;
  std::string format = "text";
  // Of the suites for clients.
  std::string listen;     ///< [ADDRESS:]PORT; empty: free ports on loopback
  std::string run;        ///< a command that does what a case asks for; empty: a person does
  std::optional<base::Duration> patience;  ///< with a task of `run`; none: five minutes
  bool tls = false;
  bool proxy = false;
  std::string tls_folder = "out/tls";
  std::vector<std::string> hosts;  ///< further names that the ports answer to
  std::vector<std::string> redirect_uris;  ///< of a relying party, beside those that everybody's app has
};

/// `load scim`.
struct LoadCommand {
  std::string protocol;
  std::string target;  ///< a URL; empty: the configuration's
  std::string config;
  std::string token_file;
  std::string profile = "entra-initial";
  std::uint64_t users = 100;
  std::string rate = "25";  ///< requests a second, or max
  std::uint64_t clients = 4;
  std::string duration;  ///< empty: the workload once
  std::uint64_t seed = 1;
  std::string report;  ///< folder; empty: none
  std::string format = "text";
  bool any_answer = false;
  bool keep = false;
  bool yes = false;
};

/// `scale`.
struct ScaleCommand {
  std::vector<std::int64_t> users{1'000, 10'000, 100'000};
  std::optional<std::int64_t> groups{};     ///< by default one to twenty users, 50,000 at most
  std::optional<std::int64_t> computers{};  ///< by default one to five users, 200,000 at most
  std::int64_t days = 30;
  std::uint64_t seed = 1;
  std::string out;  ///< file for the JSON; empty: none
  std::string format = "text";
};

/// `report render`, of a report.json or a folder that holds one.
struct RenderCommand {
  std::string path;
  std::string report;  ///< folder to write; empty: where the report.json lies
};

/// `report compare`, of two or more of them, or of two runs of the benchmarks.
struct CompareCommand {
  std::vector<std::string> paths;
  std::string format = "text";  ///< of what goes to standard output: text, markdown, html
  std::string report;           ///< folder for comparison.html and comparison.md; empty: none
  bool fail_on_regression = false;
  double fail_above = 0;  ///< of benchmarks: the most time after by the time before; 0: no matter
};

/// `report merge`, of parts of one run or campaign.
struct MergeCommand {
  std::vector<std::string> paths;
  std::string report;
  bool last_wins = false;
  bool require_probes = false;  ///< of campaigns
};

/// What provisioning would do with the users of a CSV file.
struct PreviewCommand {
  std::string users;
  std::string schema;
  std::string mapping = "default";
  std::string format = "text";
};

/// `new NAME`.
struct NewCommand {
  std::string name;  ///< path of the script; `.yaml` is added
  std::string from = "entra";
};

int run(const RunCommand& command);
/// `fuzz --target URL`.
int fuzz_target(FuzzCommand command);
/// `fuzz --planted all`: 0 where 95 of 100 were found.
int hunt_planted(const FuzzCommand& command);
int fuzz(const FuzzCommand& command);
int replay(const ReplayCommand& command);
int new_script(const NewCommand& command);
int preview(const PreviewCommand& command);
int conform(const ConformCommand& command);
int load(const LoadCommand& command);
int scale(const ScaleCommand& command);
int render_report(const RenderCommand& command);
int compare_reports(const CompareCommand& command);
int merge_reports(const MergeCommand& command);
int serve_directory(const ServeCommand& command);
int serve_world(const ServeCommand& command);
/// `directory check` and `directory backup`, of a folder that no server has open.
int check_directory(const std::string& data);
int back_up_directory(const std::string& data, const std::string& to);
int check(const std::vector<std::string>& paths);
int list(const std::string& what, bool coverage, const std::string& format);
int explain(const std::string& id);

/// The paths, or the whole library where there are none; empty with a message where they cannot be found.
[[nodiscard]] std::optional<std::vector<std::string>> scripts_at(const std::vector<std::string>& paths);

}  // namespace cli
