#include "bench/load/load_plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/load/load_text.h"
#include "bench/load/verdict.h"

namespace bench::load {
namespace {

using reports::Html;

// Of both pictures, in the SVG's own units.
constexpr double width = 900;
constexpr double height = 300;
constexpr double left = 70;
constexpr double right = 16;
constexpr double top = 14;
constexpr double bottom = 40;

/// From shares of the plot's area to the picture.
double across(double share) { return left + share * (width - left - right); }
double up(double share) { return height - bottom - share * (height - top - bottom); }
std::string number(double value) { return fmt::format("{:.1f}", value); }

/// The next of 1, 2, 5, 10, …
double round_step(double value) {
  const auto power = std::pow(10, std::floor(std::log10(value)));
  for (const auto factor : {1.0, 2.0, 5.0}) {
    if (value <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10 * power;
}

struct Axis {
  double most = 1;
  double step = 1;
};
Axis axis_up_to(double most) {
  constexpr double lines = 5;
  const auto step = round_step(std::max(most, 1e-9) / lines);
  return {std::ceil(std::max(most, 1e-9) / step - 1e-9) * step, step};
}

void begin_picture(Html& svg, std::string_view label) {
  svg.add("<svg class=\"plot\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", static_cast<int>(width), static_cast<int>(height), label);
}

void add_level(Html& svg, double share, std::string_view label) {
  svg.add("<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", number(left), number(up(share)), number(width - right), number(up(share)));
  svg.add("<text class=\"level\" x=\"{}\" y=\"{}\">{}</text>\n", number(left - 8), number(up(share) + 4), label);
}

void add_mark(Html& svg, double share, std::string_view label) {
  svg.add("<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", number(across(share)), number(up(0)), number(across(share)), number(up(0) + 5));
  svg.add("<text class=\"mark\" x=\"{}\" y=\"{}\">{}</text>\n", number(across(share)), number(up(0) + 18), label);
}

void add_line(Html& svg, std::string_view css, const std::string& points, std::string_view title) {
  svg.add("<polyline class=\"{}\" points=\"{}\"><title>{}</title></polyline>\n", css, points, title);
}

std::string point(double x, double y) { return fmt::format("{:.1f},{:.1f} ", across(x), up(y)); }

}  // namespace

Html throughput_plot(const LoadResult& result) {
  constexpr std::size_t most_points = 300;
  const auto& seconds = result.seconds;
  const auto group = std::max<std::size_t>(1, (seconds.size() + most_points - 1) / most_points);
  struct Rate {
    double at;
    double right;
    double failed;
  };
  std::vector<Rate> rates;
  double most = entra_asks_for;
  const auto measured = std::chrono::duration<double>(result.measured).count();
  for (std::size_t first = 0; first < seconds.size(); first += group) {
    const auto last = std::min(seconds.size(), first + group);
    Second sum;
    for (auto i = first; i < last; ++i) {
      sum.right += seconds[i].right;
      sum.failed += seconds[i].failed;
    }
    // The last second is seldom a whole one.
    const auto span = std::max(std::min(static_cast<double>(last), measured) - static_cast<double>(first), 0.05);
    rates.push_back({static_cast<double>(first) + span / 2, static_cast<double>(sum.right) / span, static_cast<double>(sum.failed) / span});
    most = std::max({most, rates.back().right, rates.back().failed});
  }
  const auto axis = axis_up_to(most);
  const auto whole = std::max(measured, 0.05);
  Html svg;
  begin_picture(svg, "Requests a second over time");
  for (double value = 0; value <= axis.most * (1 + 1e-9); value += axis.step) add_level(svg, value / axis.most, fmt::format("{:g}", value));
  const auto time = axis_up_to(whole);
  for (double value = 0; value <= whole * (1 + 1e-9); value += time.step) add_mark(svg, value / whole, fmt::format("{:g} s", value));
  const auto level = up(entra_asks_for / axis.most);
  svg.add("<line class=\"asked\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>25 a second</title></line>\n", number(left), number(level), number(width - right), number(level));
  std::string good;
  std::string bad;
  for (const auto& rate : rates) {
    good += point(rate.at / whole, rate.right / axis.most);
    bad += point(rate.at / whole, rate.failed / axis.most);
  }
  add_line(svg, "answered", good, "answered rightly");
  if (result.total().failed() > 0) add_line(svg, "failed", bad, "errors");
  for (const auto& rate : rates) {
    svg.add("<circle class=\"answered\" cx=\"{}\" cy=\"{}\" r=\"2.5\"><title>{} a second, {} errors</title></circle>", number(across(rate.at / whole)),
            number(up(rate.right / axis.most)), number(rate.right), number(rate.failed));
  }
  svg.add("\n</svg>\n");
  return svg;
}

Html percentile_plot(const LoadResult& result) {
  double nines = 1;
  base::Duration most{};
  for (const auto& figures : result.figures) {
    if (figures.latency.count() == 0) continue;
    nines = std::max(nines, std::log10(static_cast<double>(figures.latency.count())));
    most = std::max(most, figures.latency.max());
  }
  const auto micros = [](base::Duration duration) { return std::chrono::duration<double, std::micro>(duration).count(); };
  const auto axis = axis_up_to(micros(most));
  Html svg;
  begin_picture(svg, "Latency by percentile");
  for (double value = 0; value <= axis.most * (1 + 1e-9); value += axis.step) {
    add_level(svg, value / axis.most, value == 0 ? std::string("0") : shown(std::chrono::round<base::Duration>(std::chrono::duration<double, std::micro>(value))));
  }
  add_mark(svg, 0, "0 %");
  add_mark(svg, std::log10(2) / nines, "50 %");
  std::string label = "90";
  for (int nine = 1; nine <= static_cast<int>(nines); ++nine) {
    add_mark(svg, nine / nines, label + " %");
    label = nine == 1 ? "99" : label + (nine == 2 ? ".9" : "9");
  }
  for (std::size_t i = 0; i < operations; ++i) {
    const auto& latency = result.figures[i].latency;
    if (latency.count() == 0) continue;
    std::string points;
    const auto ends = std::log10(static_cast<double>(latency.count()));
    for (const auto& one : latency.points()) {
      const auto place = one.percent >= 100 ? ends : -std::log10(1 - one.percent / 100);
      points += point(std::min(place, nines) / nines, micros(one.value) / axis.most);
    }
    add_line(svg, fmt::format("curve curve-{}", i), points, to_text(static_cast<Operation>(i)));
  }
  svg.add("</svg>\n");
  return svg;
}

}  // namespace bench::load
