#include "fakes/scim/presentation.h"

#include <string>

#include "fakes/scim/answer.h"
#include "fakes/scim/representation.h"

namespace fakes::scim {
namespace {

/// The entity tag of the header; that of the body stands in meta.version. [RFC7644 3.14]
void add_tag(base::HttpResponse& response, const std::string& tag, const Quirks& quirks) {
  if (quirks.has(Quirk::tag_header_missing)) return;
  response.headers.add("ETag", quirks.has(Quirk::tag_header_differs) ? "W/\"0\"" : tag);
}

}  // namespace

base::JsonObject shown(const base::JsonObject& whole, const ResourceType& type, const Selection& selection,
                       const Quirks& quirks) {
  auto result = selected(whole, type, selection, quirks);
  if (quirks.has(Quirk::default_only_shown) && type.core == &user_schema() && !selection.only &&
      !result.contains("active")) {
    result["active"] = true;
  }
  blemish(result, quirks);
  return result;
}

base::HttpResponse resource_answer(int status, const Context& context, const Record& record,
                                   const Selection& selection) {
  const auto& quirks = context.quirks;
  const auto whole = whole_resource(record, context.store, context.options.base, quirks);
  auto response = json_answer(status, shown(whole, *record.type, selection, quirks), quirks);
  add_tag(response, tag_of(whole), quirks);
  auto location = location_of(record, context.options.base);
  if (quirks.has(Quirk::content_location_differs))
    response.headers.add("Content-Location", location + "?version=1");
  if (status != 201 || quirks.has(Quirk::location_missing)) return response;
  if (quirks.has(Quirk::location_differs)) location += "/";
  response.headers.add("Location", location);
  return response;
}

}  // namespace fakes::scim
