#include "reports/bench_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "reports/conformance_markdown.h"
#include "reports/document_kind.h"
#include "reports/plain_text.h"
#include "reports/text_page.h"

namespace reports {
namespace {

using BenchJson = nlohmann::ordered_json;

constexpr std::size_t name_columns = 40;
constexpr std::string_view bench_file_kind = "figures of the benchmarks, as './lockstep bench' writes them";
constexpr std::string_view noise =
    "Machines are noisy: a change of some per cent, or one that a second run does not show, says nothing. "
    "'./lockstep bench --repetitions 5' measures each five times; the median counts.";
constexpr std::string_view two_machines =
    "The two runs are not of the same machine: their ratios say as much of the machines as of the program.";

bool has_figures(const BenchJson& json) { return json.is_object() && json.contains("context") && json.contains("benchmarks"); }

/// All that was measured of one benchmark.
struct Measurements {
  std::string name;
  std::vector<BenchFigure> repetitions;
  std::optional<BenchFigure> mean;
  std::optional<BenchFigure> median;
};

/// Null where there is none.
BenchJson optional_member(const BenchJson& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? BenchJson() : *found;
}

/// Keeps the first place at which the file goes wrong; what is read after it counts for nothing.
struct BenchReader {
  std::string problem;

  void complain(std::string_view place, std::string_view what) {
    if (problem.empty()) problem = fmt::format("{}: {}", place, what);
  }
  const BenchJson* find(const BenchJson& object, const std::string& place, const char* name) {
    const auto found = object.find(name);
    if (found != object.end()) return &*found;
    complain(place + "/" + name, "is missing");
    return nullptr;
  }
  std::string text(const BenchJson& object, const std::string& place, const char* name) {
    const auto* value = find(object, place, name);
    if (value == nullptr || value->is_string()) return value == nullptr ? "" : value->get<std::string>();
    complain(place + "/" + name, "is no text");
    return "";
  }
  double number(const BenchJson& object, const std::string& place, const char* name) {
    const auto* value = find(object, place, name);
    if (value != nullptr && value->is_number() && value->get<double>() >= 0) return value->get<double>();
    if (value != nullptr) complain(place + "/" + name, "is no number from 0 on");
    return 0;
  }
};

double nanoseconds_of(BenchReader& reader, const std::string& place, std::string_view unit) {
  using Unit = std::pair<std::string_view, double>;
  constexpr std::array units{Unit{"ns", 1}, Unit{"us", 1e3}, Unit{"ms", 1e6}, Unit{"s", 1e9}};
  const auto* found = std::ranges::find(units, unit, &Unit::first);
  if (found != units.end()) return found->second;
  reader.complain(place + "/time_unit", "is none of ns, us, ms and s");
  return 1;
}

BenchFigure figure_at(BenchReader& reader, const BenchJson& one, const std::string& place, std::string name) {
  BenchFigure figure;
  figure.name = std::move(name);
  if (optional_member(one, "error_occurred") == BenchJson(true)) {
    figure.failure = one.contains("error_message") ? reader.text(one, place, "error_message") : "it has failed";
    return figure;
  }
  figure.nanoseconds = reader.number(one, place, "cpu_time") * nanoseconds_of(reader, place, reader.text(one, place, "time_unit"));
  if (one.contains("items_per_second")) figure.items = reader.number(one, place, "items_per_second");
  return figure;
}

void add_measurement(BenchReader& reader, std::vector<Measurements>& all, const BenchJson& one, const std::string& place) {
  if (!one.is_object()) return reader.complain(place, "is no object");
  const auto name = one.contains("run_name") ? reader.text(one, place, "run_name") : reader.text(one, place, "name");
  const bool is_aggregate = optional_member(one, "run_type") == BenchJson("aggregate");
  const auto aggregate = is_aggregate ? reader.text(one, place, "aggregate_name") : std::string();
  if (is_aggregate && aggregate != "median" && aggregate != "mean") return;
  auto found = std::ranges::find(all, name, &Measurements::name);
  if (found == all.end()) found = all.insert(all.end(), {.name = name, .repetitions = {}, .mean = {}, .median = {}});
  auto figure = figure_at(reader, one, place, name);
  if (aggregate == "median") {
    found->median = std::move(figure);
  } else if (aggregate == "mean") {
    found->mean = std::move(figure);
  } else {
    found->repetitions.push_back(std::move(figure));
  }
}

double middle(std::vector<double> values) {
  std::ranges::sort(values);
  const auto half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// There is something of each name.
BenchFigure figure_of(const Measurements& all) {
  const auto failed = std::ranges::find_if(all.repetitions, [](const auto& one) { return !one.failure.empty(); });
  if (failed != all.repetitions.end()) return *failed;
  if (all.median) return *all.median;
  if (all.repetitions.empty()) return *all.mean;
  auto figure = all.repetitions.front();
  std::vector<double> times;
  std::vector<double> items;
  for (const auto& one : all.repetitions) {
    times.push_back(one.nanoseconds);
    if (one.items) items.push_back(*one.items);
  }
  figure.nanoseconds = middle(std::move(times));
  if (!items.empty()) figure.items = middle(std::move(items));
  return figure;
}

std::string machine_of(const BenchJson& context) {
  const auto host = optional_member(context, "host_name");
  const auto processors = optional_member(context, "num_cpus");
  const auto name = host.is_string() && !host.get<std::string>().empty() ? host.get<std::string>() : "a machine without a name";
  return processors.is_number_unsigned() ? fmt::format("{}, {}", name, counted(processors.get<std::size_t>(), "processor", "processors")) : name;
}

std::optional<double> ratio(double after, double before) {
  return before > 0 ? std::optional(after / before) : std::nullopt;
}

bool is_measured(const std::optional<BenchFigure>& figure) { return figure && figure->failure.empty(); }

/// Three digits and the unit that suits them, of units that are a thousand times each other.
std::string scaled(double value, std::span<const std::string_view> units) {
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < units.size()) {
    value /= 1'000;
    ++unit;
  }
  const auto digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}{}", value, digits, units[unit]);
}
std::string time_text(const std::optional<BenchFigure>& figure) {
  static constexpr std::array<std::string_view, 4> units{" ns", " us", " ms", " s"};
  if (!figure) return "-";
  return figure->failure.empty() ? scaled(figure->nanoseconds, units) : "failed";
}
std::string items_text(const std::optional<BenchFigure>& figure) {
  static constexpr std::array<std::string_view, 4> units{"", " k", " M", " G"};
  return is_measured(figure) && figure->items ? scaled(*figure->items, units) : "-";
}
std::string ratio_text(const std::optional<double>& value) { return value ? fmt::format("{:.2f}", *value) : "-"; }

/// By time, which `slower_than` goes by too.
std::string_view mark_of(const ComparedBench& one) {
  if (!one.before) return "new";
  if (!one.after) return "gone";
  if (!is_measured(one.after)) return "failed";
  const auto time = one.time_ratio();
  if (!time) return "";
  return *time > 1 + marked_change ? "slower" : *time < 1 - marked_change ? "faster" : "";
}

/// "5 benchmarks: 1 slower, 1 faster by more than 10 %, 1 new"
std::string summary(const std::vector<ComparedBench>& compared) {
  const auto counts = [&](std::initializer_list<std::string_view> marks) {
    std::string out;
    for (const auto mark : marks) {
      const auto count = std::ranges::count(compared, mark, mark_of);
      if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, mark);
    }
    return out;
  };
  const auto changed = counts({"slower", "faster"});
  const auto rest = counts({"new", "gone", "failed"});
  return fmt::format("{}: {} by more than 10 %{}{}", counted(compared.size(), "benchmark", "benchmarks"),
                     changed.empty() ? "none slower or faster" : changed, rest.empty() ? "" : ", ", rest);
}

std::string described(const NamedBench& one) { return fmt::format("{} ({}, {})", one.source, one.run.machine, one.run.date); }

std::string bench_cell(std::string_view text) { return in_markdown(shortened(visible(text, Breaks::join), text_characters)); }

}  // namespace

bool is_bench_file(std::string_view text) { return has_figures(BenchJson::parse(text, nullptr, false)); }

base::Result<BenchRun> bench_from_json(std::string_view text) {
  const auto json = BenchJson::parse(text, nullptr, false);
  if (!has_figures(json)) {
    const auto kind = document_kind(text);
    if (kind.empty() && json.is_discarded()) return base::fail("is no JSON, or is cut short");
    return base::fail(fmt::format("this is {}; what is expected are {}", kind.empty() ? "something else" : kind, bench_file_kind));
  }
  BenchReader reader;
  const auto& context = json["context"];
  const auto& benchmarks = json["benchmarks"];
  if (!context.is_object()) return base::fail("/context: is no object");
  if (!benchmarks.is_array()) return base::fail("/benchmarks: is no list");
  std::vector<Measurements> all;
  for (std::size_t i = 0; i < benchmarks.size(); ++i) add_measurement(reader, all, benchmarks[i], fmt::format("/benchmarks/{}", i));
  if (all.empty()) reader.complain("/benchmarks", "has nothing that was measured");
  if (!reader.problem.empty()) return base::fail(reader.problem);
  BenchRun run{.machine = machine_of(context), .date = "no date", .figures = {}};
  if (context.contains("date")) run.date = reader.text(context, "/context", "date");
  for (const auto& one : all) run.figures.push_back(figure_of(one));
  if (!reader.problem.empty()) return base::fail(reader.problem);
  return run;
}

std::optional<double> ComparedBench::time_ratio() const {
  return is_measured(before) && is_measured(after) ? ratio(after->nanoseconds, before->nanoseconds) : std::nullopt;
}

std::optional<double> ComparedBench::items_ratio() const {
  if (!is_measured(before) || !is_measured(after) || !before->items || !after->items) return std::nullopt;
  return ratio(*after->items, *before->items);
}

std::vector<ComparedBench> compared_benches(const BenchRun& before, const BenchRun& after) {
  std::vector<ComparedBench> out;
  const auto in = [](const BenchRun& run, const std::string& name) -> std::optional<BenchFigure> {
    const auto found = std::ranges::find(run.figures, name, &BenchFigure::name);
    return found == run.figures.end() ? std::nullopt : std::optional(*found);
  };
  for (const auto& one : before.figures) out.push_back({one.name, one, in(after, one.name)});
  for (const auto& one : after.figures) {
    if (!in(before, one.name)) out.push_back({one.name, std::nullopt, one});
  }
  return out;
}

std::vector<std::string> slower_than(const std::vector<ComparedBench>& compared, double limit) {
  std::vector<std::string> names;
  for (const auto& one : compared) {
    const bool has_failed = is_measured(one.before) && one.after && !is_measured(one.after);
    if (has_failed || one.time_ratio().value_or(0) > limit) names.push_back(one.name);
  }
  return names;
}

std::string bench_comparison_text(const NamedBench& before, const NamedBench& after) {
  TextPage page(false);
  page.line("before  " + shortened(visible(described(before), Breaks::join), columns - 8));
  page.line("after   " + shortened(visible(described(after), Breaks::join), columns - 8));
  page.line("");
  const auto row = [&](std::string_view name, std::string_view time_a, std::string_view time_b, std::string_view time_ratio,
                       std::string_view items_a, std::string_view items_b, std::string_view items_ratio, std::string_view mark) {
    const std::string padding(name_columns - count_characters(name), ' ');
    const auto line = fmt::format("{}{} {:>8} {:>8} {:>6}   {:>8} {:>8} {:>6}  {}", name, padding, time_a, time_b, time_ratio, items_a, items_b,
                                  items_ratio, mark);
    page.line(line.substr(0, line.find_last_not_of(' ') + 1));
  };
  row("", "cpu time", "", "", "items/s", "", "", "");
  row("", "before", "after", "ratio", "before", "after", "ratio", "");
  const auto compared = compared_benches(before.run, after.run);
  for (const auto& one : compared) {
    row(shortened_front(visible(one.name, Breaks::join), name_columns), time_text(one.before), time_text(one.after), ratio_text(one.time_ratio()),
        items_text(one.before), items_text(one.after), ratio_text(one.items_ratio()), mark_of(one));
  }
  page.line("");
  page.line(summary(compared));
  if (before.run.machine != after.run.machine) {
    for (const auto& line : wrapped(two_machines, columns)) page.line(line);
  }
  for (const auto& line : wrapped(noise, columns)) page.line(line);
  return page.take();
}

std::string bench_comparison_markdown(const NamedBench& before, const NamedBench& after) {
  const auto compared = compared_benches(before.run, after.run);
  auto out = fmt::format("## Benchmarks: {}\n\n- before: {}\n- after: {}\n\n", summary(compared), bench_cell(described(before)),
                         bench_cell(described(after)));
  out += "| benchmark | cpu time before | after | ratio | items/s before | after | ratio | |\n";
  out += "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n";
  for (const auto& one : compared) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", bench_cell(one.name), time_text(one.before), time_text(one.after),
                       ratio_text(one.time_ratio()), items_text(one.before), items_text(one.after), ratio_text(one.items_ratio()), mark_of(one));
  }
  if (before.run.machine != after.run.machine) out += fmt::format("\n{}\n", two_machines);
  return out + fmt::format("\n{}\n", noise);
}

}  // namespace reports
