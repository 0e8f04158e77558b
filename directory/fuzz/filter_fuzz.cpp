// Any text as a filter, as the path of a PATCH and as a list of attributes; what can be read has to come back
// from its text and have a meaning for users and for groups.
#include "base/encoding.h"
#include "base/fuzz/fuzz_target.h"
#include "directory/scim/filter.h"
#include "directory/scim/filter_evaluation.h"
#include "directory/scim/language_fixture.h"
#include "directory/scim/projection.h"

namespace {

namespace scim = directory::scim;

void judge(const scim::Filter& filter) {
  const auto text = scim::to_text(filter);
  // Bare words gain quotation marks.
  if (text.size() <= scim::longest_filter) {
    const auto again = scim::parse_filter(text);
    base::require(again.has_value(), "a printed filter can be read");
    base::require(*again == filter, "a filter comes back from its text");
  }
  const auto for_users = scim::check_filter(filter, scim::users());
  base::require(for_users || base::is_utf8(for_users.error().message), "a refusal is text");
  static_cast<void>(scim::check_filter(filter, scim::groups()));
  scim::Not negation;
  negation.part.push_back(filter);
  static const auto user = scim::barbara();
  static const auto group = scim::tour_guides();
  base::require(scim::matches(filter, user, scim::users()) !=
                    scim::matches(scim::Filter{negation}, user, scim::users()),
                "a filter or its opposite matches");
  static_cast<void>(scim::matches(filter, group, scim::groups()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = base::fuzz_text(data, size);
  if (const auto filter = scim::parse_filter(text)) {
    judge(*filter);
  } else {
    base::require(!filter.error().message.empty() && base::is_utf8(filter.error().message),
                  "a refusal is text");
  }
  if (const auto path = scim::parse_target_path(text)) {
    const auto printed = scim::to_text(*path);
    const auto again = scim::parse_target_path(printed);
    base::require(printed.size() > scim::longest_filter ||
                      (again && again->attribute == path->attribute && again->filter == path->filter),
                  "a path comes back from its text");
  }
  scim::AttributeSelection selection;
  selection.attributes = scim::parse_attribute_list(text);
  const auto shown = scim::project(scim::barbara(), scim::users(), selection);
  base::require(shown.contains("id") && !shown.contains("password"), "an answer has an id and no password");
  return 0;
}
