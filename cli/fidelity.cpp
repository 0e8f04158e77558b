#include "cli/fidelity.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "fakes/entra/sign_in/sign_in_service.h"
#include "fakes/graph/routes.h"
#include "fakes/okta/api/routes.h"
#include "fakes/okta/sign_in/sign_in_service.h"

namespace cli {
namespace {

using fakes::Fidelity;

struct Row {
  std::string operation;
  std::string_view fidelity;
  std::string_view note;
};

struct Part {
  std::string_view title;
  std::vector<Row> rows;
};

std::string_view word(Fidelity fidelity) {
  if (fidelity == Fidelity::modelled) return "modelled";
  return fidelity == Fidelity::partial ? "partial" : "absent";
}

Part routes_of(std::string_view title, const auto& routes) {
  Part part{title, {}};
  for (const auto& route : routes) part.rows.push_back({fmt::format("{} {}", route.method, route.path), word(fakes::fidelity_of(route)), route.note});
  return part;
}

Part operations_of(std::string_view title, const auto& operations) {
  Part part{title, {}};
  for (const auto& operation : operations) part.rows.push_back({std::string(operation.name), word(operation.fidelity), operation.note});
  return part;
}

std::vector<Part> parts() {
  return {routes_of("Microsoft Graph", fakes::graph::all_routes()),
          operations_of("Sign-in with Microsoft Entra", fakes::entra::sign_in::operations()),
          routes_of("Okta's management API", fakes::okta::api::all_routes()),
          operations_of("Sign-in with Okta", fakes::okta::sign_in::operations())};
}

std::size_t count(const Part& part, std::string_view fidelity) {
  return static_cast<std::size_t>(std::ranges::count(part.rows, fidelity, &Row::fidelity));
}

}  // namespace

std::string text_of_operations() {
  std::string text;
  for (const auto& part : parts()) {
    text += fmt::format("{}{}: {} modelled, {} partial, {} absent\n", text.empty() ? "" : "\n", part.title, count(part, "modelled"),
                        count(part, "partial"), count(part, "absent"));
    for (const auto& row : part.rows) text += fmt::format("  {:9} {:72} {}\n", row.fidelity, row.operation, row.note);
  }
  return text;
}

std::string markdown_of_operations() {
  std::string page =
      "# What the fakes of Microsoft's services and of Okta's answer\n\n"
      "Written by `./lockstep list operations --format markdown` from the tables that answer the requests. *modelled*: as documented;\n"
      "*partial*: with what the note says missing; *absent*: 501, naming the operation. What they do beside the documentation, or did in\n"
      "another year, is a quirk: `./lockstep list quirks`. The facts behind it, each with the tests that show it:\n"
      "`./lockstep list facts --coverage`.\n";
  for (const auto& part : parts()) {
    page += fmt::format("\n## {}\n\n| operation | fidelity | note |\n| --- | --- | --- |\n", part.title);
    for (const auto& row : part.rows) page += fmt::format("| `{}` | {} | {} |\n", row.operation, row.fidelity, row.note);
  }
  return page;
}

}  // namespace cli
