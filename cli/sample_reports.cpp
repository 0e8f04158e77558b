#include "cli/sample_reports.h"

#include <utility>

#include "cli/version.h"
#include "reports/conformance_html.h"
#include "reports/conformance_markdown.h"
#include "scenarios/catalog.h"
#include "scenarios/probe/fake_session.h"
#include "scenarios/probe/session.h"

namespace cli {
namespace {

namespace probe = scenarios::probe;

/// Faults as products have them: some cost an account, some only a surprise, and some keep other cases from
/// being judged.
std::vector<std::string> faults() {
  return {"duplicate_accepted",       "patch_not_atomic",     "booleans_shown_as_texts",
          "remove_filter_takes_all",  "location_missing",     "filter_sw_as_co",
          "total_is_of_the_page",     "errors_as_plain_json", "sorts_by_bytes",
          "unknown_parameter_refused"};
}

probe::SessionOptions options_for(std::string name, std::string text, std::string replay) {
  probe::SessionOptions options;
  options.target.name = std::move(name);
  options.target.text = std::move(text);
  options.run_mark = "1";
  options.version = version;
  options.replay = std::move(replay);
  return options;
}

void add_reports(std::vector<SampleReport>& reports, const std::string& folder,
                 const scenarios::ConformanceRecord& record) {
  reports.push_back({"reports/samples/" + folder + "/index.html", reports::to_html(record, {})});
  reports.push_back({"reports/samples/" + folder + "/report.md", reports::to_markdown(record)});
}

}  // namespace

std::expected<std::vector<SampleReport>, std::string> sample_reports(const std::string& source_root) {
  const auto suite = probe::load_suite(source_root + "/scenarios/conformance", "scim");
  if (!suite) return std::unexpected(suite.error().text);
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return std::unexpected(catalog.error().message);

  std::vector<SampleReport> out;
  const std::string command = "./lockstep conform scim";
  add_reports(out, "core", probe::judge_core(*suite, *catalog, options_for("Core", "core", command)).record);

  std::string with_faults = command + " --target fake";
  probe::FakeProduct product;
  for (const auto& name : faults()) {
    const auto quirk = fakes::scim::find_quirk(name);
    if (!quirk) return std::unexpected("there is no quirk '" + name + "'");
    product.quirks.add(*quirk);
    with_faults += " --quirk " + name;
  }
  const auto broken =
      probe::judge_fake(*suite, *catalog, product, options_for("Example Directory", "fake", with_faults));
  add_reports(out, "broken", broken.result.record);
  return out;
}

}  // namespace cli
