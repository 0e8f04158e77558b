#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <exception>
#include <optional>

#include "base/allocator.h"
#include "base/duration_text.h"
#include "bench/load/workload.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/places.h"
#include "cli/serve_arguments.h"
#include "cli/shard.h"
#include "cli/version.h"
#include "properties/generators/world_generator.h"

namespace {

constexpr auto about =
    "Lockstep plays scripts of directory synchronisation on a virtual clock: a fake Entra tenant, devices "
    "and mail\n"
    "around a real directory, the same bytes for the same seed.\n";

constexpr auto examples =
    "\nExamples:\n"
    "  ./lockstep run                                   play the whole library\n"
    "  ./lockstep run scenarios/library/entra           play one folder\n"
    "  ./lockstep run my.yaml --seeds 1..100            one script, a hundred seeds\n"
    "  ./lockstep run my.yaml --twice                   prove that a run repeats itself\n"
    "  ./lockstep run my.yaml --arm live                carry the messages over loopback HTTP\n"
    "  ./lockstep fuzz --time 60s                       look for broken laws in random worlds\n"
    "  ./lockstep replay my.yaml --explain              its timeline, and what each event changed\n"
    "  ./lockstep new my                                write my.yaml to begin with\n"
    "  ./lockstep check my.yaml                         validate without running\n"
    "  ./lockstep explain R42                           a rule: what, why, source, what covers it\n"
    "  ./lockstep conform scim --target URL --token-file f   judge a SCIM service provider\n"
    "  ./lockstep load scim --target URL --token-file f how fast it is, as an identity provider meets it\n"
    "  ./lockstep scale                                 how the bench fares with 1,000 to 100,000 users\n"
    "  ./lockstep report render last/report.json        a report of conform in every format again\n"
    "  ./lockstep report compare last now               what has become worse from one report to the next\n"
    "  ./lockstep serve --tls --proxy                   a world of fakes, for real clients and browsers\n"
    "  ./lockstep serve directory --data d --key-file k the directory itself, over HTTP\n"
    "\nExit codes: 0 pass, 1 violation, 2 inconclusive only, 64 bad usage or script, 69 what is needed cannot be "
    "had,\n70 a bug of the bench.\n";

void add_run(CLI::App& app, cli::RunCommand& command, std::string& seeds, std::string& seed) {
  auto* run = app.add_subcommand("run", "Play scripts: files, folders, or without either the whole library");
  run->add_option("PATH", command.paths, "script, or folder of scripts");
  auto* one = run->add_option("--seed", seed, "seed of the run; by default the script's, or 1");
  run->add_option("--seeds", seeds, "range of seeds, A..B")->excludes(one);
  run->add_option("--arm", command.arm, "sim hands messages over; live carries them over loopback HTTP")
      ->check(CLI::IsMember({"sim", "live"}));
  run->add_option("--target", command.target, "core, or the SCIM base URL of a provider outside; by default the configuration's, or the core");
  run->add_option("--config", command.config, "file that says how to speak to a target outside; docs/targets.md has its keys");
  run->add_flag("--twice", command.twice, "play each run again, here and in a second process, and compare");
  run->add_flag_function(
      "--shuffle,!--no-shuffle", [&command](std::int64_t count) { command.shuffle_ties = count > 0; },
      "draw the order of what happens at one instant from the seed, or not; by default as the script says");
  run->add_option("--report", command.report, "folder for the report (default out/report)");
  run->add_option("--trace", command.trace, "file for the trace: exchanges and notes as lines of JSON");
  run->add_option("--format", command.format, "text, or json: one line a run")
      ->check(CLI::IsMember({"text", "json"}));
  run->add_flag("--no-report", command.no_report, "write no report");
  run->add_option("--planted", command.planted, "plant a seeded defect; 'lockstep list defects' names them");
  run->add_option("--dispatch-log", command.dispatch_log)->group("");
}

constexpr auto fuzz_examples =
    "\nExamples:\n"
    "  ./lockstep fuzz --time 60s                      a minute of fresh worlds on all cores\n"
    "  ./lockstep fuzz --seeds 1..2000 --jobs 1        these worlds and no others, in one process\n"
    "  ./lockstep fuzz --time 10m --focus cloud        mostly the sync to Microsoft 365\n"
    "  ./lockstep fuzz --seeds 1..3000 --shard 2/3     the second of three machines\n"
    "  ./lockstep fuzz --time 1h --shard auto          the part of this task of a job array of Slurm or GitLab (docs/campaigns.md)\n"
    "  ./lockstep fuzz --seeds 1..200 --planted suspend_forgets_sessions\n"
    "                                                  does it find a mistake that is known to be there?\n"
    "\nA world is a function of its seed: who is there, what they do, what goes wrong. Once its faults are mended it is held\n"
    "against the laws of properties/invariants. One that breaks a law is made small, and is written as a script that fails for\n"
    "the same reason to DIR/corpus/LAW/HASH/scenario.yaml, with run.json and trace.html of that run beside it and the line that replays\n"
    "it: the seed is in the script. A world that ends its process is made small too. What is in the corpus is played first the next time,\n"
    "with the program's own regressions. Ctrl-C ends with what there is so far.\n"
    "\nDIR/campaign.json has what the campaign came to, campaign.md the same for people, junit.xml for CI; 'report merge' joins the\n"
    "folders of shards. Equal seeds give equal files, whatever the number of jobs or shards (shards: where none ended by --failures).\n"
    "\nExit codes: 0 no law was broken, 1 one was, or a script of the corpus does not conform, or a required probe was not hit, 64 bad usage, 69 DIR cannot be written, 70 a bug of the bench, 130\n"
    "interrupted.\n";

/// What `fuzz` is given as text.
struct FuzzTexts {
  std::string seeds;
  std::string time;
  std::string shard;
};

void add_fuzz(CLI::App& app, cli::FuzzCommand& command, FuzzTexts& texts) {
  auto* fuzz = app.add_subcommand("fuzz", "Look for broken laws in random worlds");
  fuzz->add_option("--seeds", texts.seeds, "seeds of the worlds, A..B; by default from 1 on");
  fuzz->add_option("--time", texts.time, "for how long, such as 60s or 10m; with --seeds whichever ends first");
  fuzz->add_option("--jobs", command.jobs, "worker processes; by default one for each core")->check(CLI::Range(1, 1'024));
  fuzz->add_option("--shard", texts.shard, "part I of N of the seeds, I/N; auto or auto/N: as the job array says");
  fuzz->add_option("--failures", command.failures, "end once so many worlds have failed; 0: play all")->capture_default_str();
  fuzz->add_option("--focus", command.focus, "what people do in them")->check(CLI::IsMember(properties::focus_areas()));
  fuzz->add_option("--size", command.size, "how much is in a world")->check(CLI::IsMember({"small", "default", "large"}))->capture_default_str();
  fuzz->add_option("--planted", command.planted, "plant a seeded defect into each; 'lockstep list defects' names them; all: look for each planted one by itself, in 2,000 worlds at most");
  fuzz->add_option("--target", command.target, "SCIM base URL of a provider outside, which random sessions are held with in place of worlds");
  fuzz->add_option("--config", command.config, "file that says how to speak to it; docs/targets.md has its keys");
  fuzz->add_option("--sample", command.sample, "with --planted all: so many of them, drawn from the first seed");
  fuzz->add_option("--shrinking", command.shrinking, "worlds that may be played to make a finding small; 0: it is left as large as it was found")->capture_default_str();
  fuzz->add_option("--out", command.out, "folder for the scripts that were found, and what the campaign came to")->capture_default_str();
  fuzz->add_flag("--require-probes", command.require_probes, "fail where a probe that is not rare was hit in no world; 'lockstep list probes' has them");
  fuzz->footer(fuzz_examples);
}

/// Exit code where the texts cannot be read.
std::optional<int> read_fuzz(const FuzzTexts& texts, cli::FuzzCommand& command) {
  if (!texts.seeds.empty()) {
    const auto range = cli::parse_seeds(texts.seeds);
    if (!range) return cli::complain(cli::exit_usage, fmt::format("--seeds: '{}' is no range of seeds; write it like 1..2000", texts.seeds));
    command.seeds = *range;
  }
  if (!texts.time.empty()) {
    const auto time = base::parse_duration(texts.time);
    if (!time) return cli::complain(cli::exit_usage, "--time: " + time.error().message);
    command.time = *time;
  }
  if (texts.seeds.empty() && texts.time.empty() && command.planted != "all") command.time = std::chrono::seconds{60};
  if (!texts.shard.empty()) {
    const auto shard = cli::read_shard(texts.shard, cli::environment_variable);
    if (!shard) return cli::complain(cli::exit_usage, "--shard: " + shard.error());
    command.shard = shard->number;
    command.shards = shard->of;
  }
  return std::nullopt;
}

constexpr auto replay_examples =
    "\nExamples:\n"
    "  ./lockstep replay scenarios/library/entra/onboarding_mac.yaml      what happens, in order\n"
    "  ./lockstep replay found.yaml --explain                             and what each event changed\n"
    "  ./lockstep replay found.yaml --until 3h20m --explain               no further than this\n"
    "  ./lockstep replay found.yaml --until 1234                          no further than event #1234\n"
    "  ./lockstep replay out/fuzz/corpus/LAW/HASH/scenario.yaml --planted NAME   what fuzz has found\n"
    "\nA line has the number of the event, the virtual time since the start, who it was, and what happened: an exchange with its\n"
    "outcome, a step of the script, an expectation, what a party noted. With --explain come below it what has come (+), changed (~)\n"
    "and gone (-) since the line before: users, systems and groups as the directory's admin API shows them, users and groups of the\n"
    "Microsoft tenant and of the Okta org, devices with their accounts and sessions, hosts that are down:\n"
    "  #889     +1h20m252ms    directory              acts on PATCH /scim/v2/Users/… of entra\n"
    "                                    ~ directory user amy: state ACTIVATED -> SUSPENDED\n"
    "Looking changes nothing: it is done in copies of the process, and the fingerprint is that of 'run'. To go back in time, replay\n"
    "with an earlier --until; the run up to there is the same.\n"
    "\nExit codes: 0 conforms or stopped, 1 something does not hold, 64 bad usage or script, 70 it could not be played.\n";

void add_replay(CLI::App& app, cli::ReplayCommand& command) {
  auto* replay = app.add_subcommand("replay", "Play one script and print its timeline, with what each event changed");
  replay->footer(cli::as_called(replay_examples));
  replay->add_option("FILE", command.path, "the script")->required();
  replay->add_option("--until", command.until, "where to stop: a time since the start, such as 3h20m, or the number of an event");
  replay->add_flag("--explain", command.explain, "say after each line what has changed");
  replay->add_option("--seed", command.seed, "seed of the run; by default the script's, or 1");
  replay->add_flag_function(
      "--shuffle,!--no-shuffle", [&command](std::int64_t count) { command.shuffle_ties = count > 0; },
      "draw the order of what happens at one instant from the seed, or not; by default as the script says");
  replay->add_option("--planted", command.planted, "plant a seeded defect; 'lockstep list defects' names them");
}

constexpr auto new_examples =
    "\nExamples:\n"
    "  ./lockstep new my                  my.yaml: somebody comes from Entra and leaves again\n"
    "  ./lockstep new my --from okta      the same from Okta\n"
    "  ./lockstep run my.yaml             it conforms as it is; change a line and see\n"
    "\nIts first line names the JSON Schema of scripts: editors that speak to yaml-language-server (in Visual Studio Code the\n"
    "extension YAML) complete verbs and fields, say what each is for, and mark what would be refused.\n"
    "\nA script is what happens, at virtual times, and what must then be true:\n"
    "  timeline:\n"
    "    - entra.create_user: {user: amy, given_name: Amy}      a verb: somebody does something\n"
    "    - at: 40m                                              when\n"
    "      expect: {directory.user: {user: amy}}                an observation\n"
    "      within: 2m                                           by when it must be so\n"
    "'./lockstep list verbs' has all verbs and observations, './lockstep list scenarios' scripts to learn from.\n"
    "\nExit codes: 0 written, 64 the file is there already, 70 it cannot be written.\n";

void add_new(CLI::App& app, cli::NewCommand& command) {
  auto* add = app.add_subcommand("new", "Write a script to begin with");
  add->footer(cli::as_called(new_examples));
  add->add_option("NAME", command.name, "name of the script, with or without .yaml; a path is one too")->required();
  add->add_option("--from", command.from, "where people come from: entra or okta")
      ->check(CLI::IsMember({"entra", "okta"}))
      ->capture_default_str();
}

constexpr auto conform_examples =
    "\nExamples:\n"
    "  ./lockstep conform scim                                          judge the directory that comes with the program\n"
    "  ./lockstep conform scim --target http://127.0.0.1:8080/scim/v2 --token-file token.txt\n"
    "  ./lockstep conform entra --config product.yaml --report out/entra  what the Entra provisioning service needs\n"
    "  ./lockstep conform jumpcloud --config product.yaml               what the articles promise to who provisions from Entra\n"
    "  ./lockstep conform validator --config product.yaml               what Microsoft's public SCIM validator sends\n"
    "  ./lockstep conform scim --target fake --quirk duplicate_accepted   see how a fault is found\n"
    "  ./lockstep conform scim --config product.yaml --only P-3.5.2     one section; also a case, a folder of cases, a tag\n"
    "  ./lockstep conform scim --config product.yaml --plan             every write that it would send, and send none\n"
    "  ./lockstep conform scim --config product.yaml --baseline last/report.json   fail on what has become worse\n"
    "\nA product that is the client itself (docs/client-suites.md):\n"
    "  ./lockstep conform graph-client                                  the directory's own sync with Microsoft 365\n"
    "  ./lockstep conform graph-client --run 'node sync.mjs' --tls      your program, started for each task\n"
    "  ./lockstep conform oidc-rp --listen 9000                         your application; you are told what to do\n"
    "  ./lockstep conform scim-client --target sample --quirk conflict_is_the_end   see how a mistake is found\n"
    "\nA product is only asked for what it announces. Only what the run has created is changed or removed, and removed again, also\n"
    "after Ctrl-C; what could not be removed is listed. A target beyond this machine is named and confirmed, unless --yes.\n"
    "\nThe folder of --report holds index.html for people, and report.json, junit.xml, report.md, findings.csv, transcript.har and\n"
    "report.sarif for programs. The report.json of the run before moves to history/, which keeps the last 20; the page shows what\n"
    "they found.\n"
    "\nExit codes: 0 pass, 1 a violation that is not known (with --baseline: a regression), 2 nothing could be judged, 64 bad usage\n"
    "or configuration, 70 a bug of the bench, 130 interrupted.\n";

/// Where the product is the client.
void add_conform_of_clients(CLI::App& conform, cli::ConformCommand& command) {
  const auto* group = "Of products that are clients";
  const auto patience = [&command](const std::string& text) {
    const auto span = base::parse_duration(text);
    if (span) command.patience = *span;
    return span ? std::string() : span.error().message;
  };
  conform.add_option("--run", command.run, "command that does what a case asks for, with the settings in its environment; see docs/client-suites.md")->group(group);
  conform.add_option("--listen", command.listen, "[ADDRESS:]PORT of what is served, the others follow it; without --run somebody is told what to do")->group(group);
  conform.add_option_function<std::string>("--patience", [](const std::string&) {}, "with --run: how long the product may take for each task; by default 5m")->check(patience)->group(group);
  conform.add_flag("--tls", command.tls, "speak TLS, with an authority of its own")->group(group);
  conform.add_flag("--proxy", command.proxy, "also a proxy for HTTPS, behind which the services have their real names")->group(group);
  conform.add_option("--tls-folder", command.tls_folder, "folder of the authority and the certificate; made once")->capture_default_str()->group(group);
  conform.add_option("--host", command.hosts, "one more name that is answered to, and stands in the certificate")->group(group);
  conform.add_option("--redirect-uri", command.redirect_uris, "of oidc-rp: one more address at which your application takes people back")->group(group);
}

void add_conform(CLI::App& app, cli::ConformCommand& command) {
  auto* conform = app.add_subcommand("conform", "Judge a SCIM service provider, or a client, clause by clause, and write reports");
  conform->footer(cli::as_called(conform_examples));
  conform->add_option("SUITE", command.suite, "scim, entra, okta, jumpcloud or validator; of clients graph-client, oidc-rp or scim-client")->required();
  conform->add_option("--target", command.target, "the SCIM base URL of a product, or fake, a provider that conforms; of clients sample, and of scim-client entra, its default, or okta; by default the core");
  conform->add_option("--quirk", command.quirks, "of the fake, and of the sample of that suite: what it gets wrong; see 'list quirks'");
  conform->add_option("--config", command.config, "YAML file: target, credentials, TLS, data rules, known findings");
  auto* token = conform->add_option("--token-file", command.token_file, "file with the bearer token");
  auto* basic = conform->add_option("--basic", command.basic_file, "file with user:password")->excludes(token);
  conform->add_option("--oauth", command.oauth_file, "config file with auth: {oauth: {token_url, client_id, client_secret_file}}")
      ->excludes(token)
      ->excludes(basic);
  conform->add_option("--only", command.only, "only these: a clause, a section, a case, a folder of cases, a tag");
  conform->add_option("--skip", command.skip, "all but these");
  conform->add_option("--rate", command.rate, "requests a second, at most")->check(CLI::PositiveNumber);
  conform->add_flag("--read-only", command.read_only, "leave out every case that writes");
  conform->add_flag("--plan", command.plan, "print every write that would be sent, and send none");
  conform->add_flag("--yes", command.yes, "do not ask before a target beyond this machine is written to");
  conform->add_option("--report", command.report, "folder of the reports")->capture_default_str();
  conform->add_flag("--no-report", command.no_report, "write no reports");
  conform->add_option("--baseline", command.baseline, "a report.json; only what has become worse since then fails");
  conform->add_option("--seed", command.seed, "seed of names and values; by default 1 in a world, and the clock's outside");
  conform->add_option("--format", command.format, "what goes to standard output")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->capture_default_str();
  conform->add_option("--cases", command.cases, "folder of suites in place of those that come with the program");
  add_conform_of_clients(*conform, command);
}

constexpr auto load_examples =
    "\nProfiles:\n"
    "  entra-initial      each user looked up by userName and created; then groups of 20, created empty and filled by PATCH\n"
    "  entra-incremental  known users read by id, one in five then changed in Entra's PATCH\n"
    "  okta-import        users looked up and created, read and replaced as Okta does, then all read page by page\n"
    "  mixed              of 100 visits: ";

constexpr auto single_load_profiles =
    "  look-ups           users are made first; then look-ups by userName of those who are there, and nothing else\n"
    "  creates            users are made first; then more of them\n"
    "  patches            users are made first; then their departments change\n";

constexpr auto more_load_examples =
    "\nExamples:\n"
    "  ./lockstep load scim --target http://127.0.0.1:8080/scim/v2 --token-file token.txt\n"
    "  ./lockstep load scim --config product.yaml --profile mixed --rate 50 --duration 5m --report out/load\n"
    "  ./lockstep load scim --config product.yaml --rate max --clients 16   how much it can take; see docs/load.md\n"
    "\nAt a rate, requests are due at fixed instants and latencies count from there. Users and groups that a run makes up have names of\n"
    "their own and are removed at its end, unless --keep. Ctrl-C stops sending and cleans up; a second one stops that too, and what is\n"
    "left is listed. A target beyond this machine is named and confirmed, unless --yes.\n"
    "\nExit codes: 0 at least 25 right answers a second, which Entra asks for, 1 fewer, 2 not judged (a lower rate, nobody answers),\n"
    "64 bad usage or configuration, 70 a bug of the bench or a report that cannot be written, 130 interrupted.\n";

std::string load_footer() {
  std::string weights;
  for (const auto& weight : bench::load::mixed_weights()) weights += fmt::format("{}{} {}", weights.empty() ? "" : ", ", weight.percent, weight.what);
  return load_examples + weights + "\n" + single_load_profiles + more_load_examples;
}

void add_load(CLI::App& app, cli::LoadCommand& command) {
  auto* load = app.add_subcommand("load", "Drive a SCIM endpoint in real time as an identity provider does, and measure it");
  load->footer(cli::as_called(load_footer()));
  load->add_option("PROTOCOL", command.protocol, "scim")->required()->check(CLI::IsMember({"scim"}));
  load->add_option("--target", command.target, "the SCIM base URL; by default the configuration's");
  load->add_option("--config", command.config, "YAML file: target, credentials, TLS, data rules, as for conform");
  load->add_option("--token-file", command.token_file, "file with the bearer token");
  load->add_option("--profile", command.profile, "what is asked of it")
      ->check(CLI::IsMember(bench::load::profile_names()))
      ->capture_default_str();
  load->add_option("--users", command.users, "how many users are made up")->check(CLI::Range(1, 1'000'000))->capture_default_str();
  load->add_option("--rate", command.rate, "requests a second in all, or max: as fast as the clients can")->capture_default_str();
  load->add_option("--clients", command.clients, "how many requests may be under way at once, each on a connection of its own")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  load->add_option("--duration", command.duration, "such as 30s or 5m: the time after which nothing new is begun; all but entra-initial go on until then");
  load->add_option("--seed", command.seed, "seed of what is asked")->capture_default_str();
  load->add_option("--report", command.report, "folder to write index.html and load.json to");
  load->add_option("--format", command.format, "what goes to standard output")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  load->add_flag("--any-answer", command.any_answer, "take whatever is no error for right: of a server that speaks no SCIM, to see what HTTP alone costs");
  load->add_flag("--keep", command.keep, "do not remove what was made up");
  load->add_flag("--yes", command.yes, "do not ask before a target beyond this machine is written to");
}

constexpr auto scale_examples =
    "\nExamples:\n"
    "  ./lockstep scale                                 1,000, 10,000 and 100,000 users\n"
    "  ./lockstep scale --users 1000000 --days 0        a million through the cycles, without a month of ordinary life\n"
    "  ./lockstep scale --users 5000 --computers 5000 --groups 0\n"
    "\nTwo worlds for each size, in a process of their own. The first goes through Entra's initial cycle, three incremental cycles in which\n"
    "one user in a thousand has changed, and one that suspends a tenth. In the second all are onboarded and live for so many days as in\n"
    "scenarios/large/a_month_of_daily_life.yaml: of a thousand people 20 change on each working day, 3 join, 2 leave, 10 change their passwords,\n"
    "50 log in through Entra, and whoever has a computer signs in. 'real' is time of this machine, 'memory' what is resident as a phase ends.\n"
    "\nExit codes: 0 all came to its end, 1 the directory does not have what it should, 64 bad usage, 130 interrupted.\n";

void add_scale(CLI::App& app, cli::ScaleCommand& command) {
  constexpr std::int64_t most = 1'000'000;
  // Of fewer those who could do something leave before they do it.
  constexpr std::int64_t least = 100;
  auto* scale = app.add_subcommand("scale", "Measure how the bench itself fares with tenants of several sizes");
  scale->add_option("--users", command.users, "sizes, such as 1000,10000")->delimiter(',')->check(CLI::Range(least, most));
  scale->add_option("--groups", command.groups, "by default one to twenty users, 50000 at most")->check(CLI::Range(std::int64_t{0}, most));
  scale->add_option("--computers", command.computers, "by default one to five users, 200000 at most")->check(CLI::Range(std::int64_t{0}, most));
  scale->add_option("--days", command.days, "of ordinary life; 0: none")->check(CLI::Range(0, 365))->capture_default_str();
  scale->add_option("--seed", command.seed, "seed of the worlds")->capture_default_str();
  scale->add_option("--out", command.out, "file for the JSON");
  scale->add_option("--format", command.format, "what goes to standard output")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  scale->footer(cli::as_called(scale_examples));
}

constexpr auto report_examples =
    "\nExamples:\n"
    "  ./lockstep report render last/report.json                 all formats again, where the report lies\n"
    "  ./lockstep report compare last now                        what has become worse, what better\n"
    "  ./lockstep report merge part-1 part-2 --report whole      one report of a run that was made in parts\n"
    "\n'COMMAND --help' has more. Exit code 64: bad usage, or a file that is no report of 'conform'.\n";

constexpr auto render_examples =
    "\nExamples:\n"
    "  ./lockstep report render last/report.json                 make last/ anew, such as after an update of the program\n"
    "  ./lockstep report render baseline.json --report out/then  a report.json that was kept alone\n"
    "\nThe folder gets what 'conform --report' writes. The report.json of another run that is there moves to its history/,\n"
    "and the page shows what the runs in there found.\n"
    "\nExit codes: 0 written, 64 bad usage or no report of 'conform', 70 it cannot be written.\n";

constexpr auto compare_examples =
    "\nExamples:\n"
    "  ./lockstep report compare last now                        two runs: what has become worse, what better\n"
    "  ./lockstep report compare last now --format markdown      for a pull request\n"
    "  ./lockstep report compare contoso fabrikam --report .     a page for people: comparison.html, and comparison.md\n"
    "  ./lockstep report compare last now old.json               more than two: what each case came to in which\n"
    "  ./lockstep report compare last now --fail-on-regression   exit code 1 where 'conform --baseline' would fail\n"
    "  ./lockstep report compare out/bench.before.json out/bench.json --fail-above 1.25\n"
    "                                                            two runs of the benchmarks; 1 where one takes 1.25 times as long\n"
    "\nThe earlier report comes first. A case is worse where it violates or deviates and did not before, or only deviated; better\n"
    "where less stands against it; changed otherwise where it could be judged, or is offered, in one of the two only.\n"
    "\nThe page has a row for each case and a column for each report; a verdict leads to the case on the report's own page, where\n"
    "that is in its folder. Reports are called by the product's name in the configuration, or by their folder.\n"
    "\nOf what './lockstep bench' has written, two files: cpu time and items a second side by side with their ratios, those beyond 10 %\n"
    "marked; of repetitions the median. As text or Markdown; --report writes comparison.md.\n"
    "\nExit codes: 0 compared, 1 a regression (with --fail-on-regression: what is worse, or new and not met, unless it is known; with\n"
    "--fail-above: a benchmark that is slower than that, or fails now), 64 bad usage or neither a report of 'conform' nor figures of\n"
    "benchmarks, 70 the page cannot be written.\n";

constexpr auto merge_examples =
    "\nExamples:\n"
    "  ./lockstep conform scim --config product.yaml --only scim/patch --report part-1\n"
    "  ./lockstep conform scim --config product.yaml --skip scim/patch --report part-2\n"
    "  ./lockstep report merge part-1 part-2 --report whole                 what both together come to\n"
    "  ./lockstep report merge first again --last-wins --report whole       cases of again in place of those of first\n"
    "  ./lockstep report merge shard-1 shard-2 shard-3 --out whole          the folders that shards of fuzz have left\n"
    "\nThe parts must have suite, target, product, the program's version and the baseline in common. A case that two parts judge\n"
    "differently is an error that names it; with --last-wins that of the later part stands, and so do its other cases. A case is\n"
    "judged by what its own part knows, so cut a suite by folders of cases rather than in the middle of one. Requests and times add\n"
    "up; the earliest start and the first seed stand for all.\n"
    "\nShards of fuzz must have version, size, focus and planted defect in common, and no seed. Shards that together have played A..B come\n"
    "to the very files that one campaign over A..B writes.\n"
    "\nExit codes: as conform: 0 pass, 1 a violation that is not known (of parts with a baseline: a regression), 2 nothing could be\n"
    "judged; 64 bad usage, no report of 'conform', or parts that do not fit together, 70 the bench failed or cannot write.\n";

struct ReportCommands {
  cli::RenderCommand render;
  cli::CompareCommand compare;
  cli::MergeCommand merge;
};

void add_report(CLI::App& app, ReportCommands& commands) {
  auto* report = app.add_subcommand("report", "Work with the reports of conform, and with campaigns of fuzz: render, compare, merge");
  report->require_subcommand(1);
  report->footer(cli::as_called(report_examples));
  auto* render = report->add_subcommand("render", "Write every format again from a report.json");
  render->footer(cli::as_called(render_examples));
  render->add_option("REPORT", commands.render.path, "report.json, or the folder that holds it")->required();
  render->add_option("--report", commands.render.report, "folder to write; by default the one of REPORT, where that is its report.json");
  auto* compare = report->add_subcommand("compare", "Show two or more reports side by side, or two runs of the benchmarks");
  compare->footer(cli::as_called(compare_examples));
  compare->add_option("REPORT", commands.compare.paths, "two or more: report.json, or the folder that holds it; or two files of bench")->required();
  compare->add_option("--format", commands.compare.format, "what goes to standard output")
      ->check(CLI::IsMember({"text", "markdown", "html"}))
      ->capture_default_str();
  compare->add_option("--report", commands.compare.report, "folder to write comparison.html (not of benchmarks) and comparison.md to");
  compare->add_flag("--fail-on-regression", commands.compare.fail_on_regression, "of two: exit code 1 where the later one is worse");
  compare->add_option("--fail-above", commands.compare.fail_above, "of benchmarks: exit code 1 where one takes more than so many times as long")
      ->check(CLI::Range(1.0, 1'000.0));
  auto* merge = report->add_subcommand("merge", "Join the parts of one run, or the shards of one campaign, to one report");
  merge->footer(cli::as_called(merge_examples));
  merge->add_option("REPORT", commands.merge.paths, "two or more: report.json or campaign.json, or the folder that holds it")->required();
  merge->add_option("--report,--out", commands.merge.report, "folder of the whole report")->required();
  merge->add_flag("--last-wins", commands.merge.last_wins, "of a case with two verdicts the later part's stands");
  merge->add_flag("--require-probes", commands.merge.require_probes, "of campaigns: fail where a probe that is not rare was hit in no world");
}

int dispatch_report(const CLI::App& app, const ReportCommands& commands) {
  if (app.got_subcommand("compare")) return cli::compare_reports(commands.compare);
  if (app.got_subcommand("merge")) return cli::merge_reports(commands.merge);
  return cli::render_report(commands.render);
}

struct DataCommand {
  std::string data;
  std::string to;
};

void add_directory(CLI::App& app, DataCommand& command) {
  auto* directory = app.add_subcommand("directory", "Check or back up the data of a directory that is not being served");
  directory->require_subcommand(1);
  auto* check = directory->add_subcommand("check", "Read every page and row; exit code 1 where something is wrong");
  check->add_option("--data", command.data, "folder of the store")->required();
  auto* backup = directory->add_subcommand("backup", "Copy the database into one file, and verify the copy");
  backup->add_option("--data", command.data, "folder of the store")->required();
  backup->add_option("--to", command.to, "the file; to restore, put it into an empty folder as directory.db")->required();
}

int dispatch(int argc, char** argv) {
  CLI::App app(about, "lockstep");
  app.footer(cli::as_called(examples));
  app.set_version_flag("--version", cli::version);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  bool parse_only = false;
  app.add_flag("--parse-only", parse_only)->group("");

  cli::RunCommand run;
  std::string seeds;
  std::string seed;
  add_run(app, run, seeds, seed);
  cli::FuzzCommand fuzz;
  FuzzTexts fuzz_texts;
  add_fuzz(app, fuzz, fuzz_texts);
  cli::ReplayCommand replay;
  add_replay(app, replay);
  cli::NewCommand new_command;
  add_new(app, new_command);
  cli::ConformCommand conform;
  add_conform(app, conform);
  cli::LoadCommand load;
  add_load(app, load);
  cli::ScaleCommand scale;
  add_scale(app, scale);
  ReportCommands report;
  add_report(app, report);
  cli::ServeCommand serve;
  cli::add_serve(app, serve);
  DataCommand data;
  add_directory(app, data);

  std::vector<std::string> check_paths;
  auto* check = app.add_subcommand("check", "Validate scripts without running them");
  check->add_option("PATH", check_paths, "script, or folder of scripts")->required();

  cli::PreviewCommand preview_command;
  auto* preview = app.add_subcommand("preview", "Say what provisioning from Entra would do with your users, and why");
  preview->add_option("--users", preview_command.users, "CSV file of the admin centre: Users, Download users")->required();
  preview->add_option("--schema", preview_command.schema, "synchronization schema (JSON) that the portal lets an admin download");
  preview->add_option("--mapping", preview_command.mapping, "without a schema: that of a new app (default), or as the articles ask (article)")
      ->check(CLI::IsMember({"default", "article"}));
  preview->add_option("--format", preview_command.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  preview->footer(
      "Examples:\n"
      "  ./lockstep preview --users users.csv                      with the mapping of a new enterprise application\n"
      "  ./lockstep preview --users users.csv --mapping article    after the changes that the articles ask for\n"
      "  ./lockstep preview --users users.csv --schema schema.json with your own mapping\n"
      "Exit code 0: every user would be created; 1: somebody would be refused.");

  std::string what;
  bool coverage = false;
  std::string list_format = "text";
  auto* list = app.add_subcommand("list", "List scenarios, rules, facts, conformance cases, verbs, mappings, operations, quirks, seeded defects, laws, probes or fault points");
  list->add_option("WHAT", what, "scenarios, rules, facts about services, conformance cases, verbs, what of them a target's configuration can map, operations of the fakes, their quirks, the defects that tests seed, the laws that random worlds obey, the probes that they are to come to, or the fault points of the core")
      ->required()
      ->check(CLI::IsMember({"scenarios", "rules", "facts", "cases", "client-cases", "verbs", "mappings", "operations", "quirks", "defects", "laws", "probes", "fault-points"}));
  list->add_flag("--coverage", coverage, "with rules and facts: what proves each, scripts and tests, or why nothing does");
  list->add_option("--format", list_format, "with verbs, mappings, operations, probes and fault-points, and with facts for those without a test: text or markdown; with verbs also json-schema, for editors")
      ->check(CLI::IsMember({"text", "markdown", "json-schema"}));

  std::string id;
  auto* explain = app.add_subcommand("explain", "Explain a rule or a fact: what, why, source, what covers it");
  explain->add_option("ID", id, "id of a rule or a fact, such as R42 or 'Graph E10'")->required();

  // These are the entry script's; they stand here so that --help shows them.
  if (!cli::is_installed()) {
    app.add_subcommand("test", "Build and run the whole test suite");
    app.add_subcommand("bench", "Build and run the benchmarks");
    app.add_subcommand("package", "Make a .tar.gz and a .deb that run without this tree and without a compiler");
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::exit_pass : cli::exit_usage;
  }
  if (parse_only) return cli::exit_pass;
  if (app.got_subcommand("run")) {
    const bool is_range = app.get_subcommand("run")->count("--seeds") > 0;
    if (!is_range && app.get_subcommand("run")->count("--seed") == 0) return cli::run(run);
    const auto range = cli::parse_seeds(is_range ? seeds : seed);
    if (!range || (!is_range && range->first != range->last)) {
      const auto* kind = is_range ? "range of seeds; write it like 1..50" : "seed; write it like 7";
      fmt::print(stderr, "lockstep: '{}' is no {}\n", is_range ? seeds : seed, kind);
      return cli::exit_usage;
    }
    run.seeds = *range;
    return cli::run(run);
  }
  if (app.got_subcommand("fuzz")) {
    const auto wrong = read_fuzz(fuzz_texts, fuzz);
    return wrong ? *wrong : cli::fuzz(fuzz);
  }
  if (app.got_subcommand("replay")) return cli::replay(replay);
  if (app.got_subcommand("new")) return cli::new_script(new_command);
  if (app.got_subcommand("conform")) return cli::conform(conform);
  if (app.got_subcommand("load")) return cli::load(load);
  if (app.got_subcommand("scale")) return cli::scale(scale);
  if (app.got_subcommand("report")) return dispatch_report(*app.get_subcommand("report"), report);
  if (app.got_subcommand("serve")) return serve.data.empty() ? cli::serve_world(serve) : cli::serve_directory(serve);
  if (app.got_subcommand("directory")) {
    return data.to.empty() ? cli::check_directory(data.data) : cli::back_up_directory(data.data, data.to);
  }
  if (app.got_subcommand("preview")) return cli::preview(preview_command);
  if (app.got_subcommand("check")) return cli::check(check_paths);
  if (app.got_subcommand("list")) return cli::list(what, coverage, list_format);
  if (app.got_subcommand("explain")) return cli::explain(id);
  fmt::print(stderr,
             "lockstep: './lockstep test', './lockstep bench' and './lockstep package' are commands of the script at "
             "the project's root\n");
  return cli::exit_usage;
}

}  // namespace

int main(int argc, char** argv) {
  base::settle_allocator();
  cli::catch_interrupts();
  try {
    return dispatch(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "lockstep: a bug of the bench: {}\n", error.what());
    return cli::exit_bench;
  }
}
