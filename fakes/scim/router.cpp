#include "fakes/scim/router.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fakes/scim/access.h"
#include "fakes/scim/answer.h"
#include "fakes/scim/bulk.h"
#include "fakes/scim/discovery.h"
#include "fakes/scim/presentation.h"
#include "fakes/scim/query.h"
#include "fakes/scim/resources.h"

namespace fakes::scim {
namespace {

constexpr std::string_view search_word = ".search";

std::unexpected<ScimError> nothing_here() {
  return std::unexpected(ScimError{404, "", "there is nothing at this address"});
}

std::unexpected<ScimError> wrong_method() {
  return std::unexpected(ScimError{405, "", "this address does not take the method"});
}

Answer answer_list(Context& context, const std::expected<Query, ScimError>& query, const ResourceType& type) {
  if (!query) return std::unexpected(query.error());
  const auto page = list(context, *query, type);
  if (!page) return std::unexpected(page.error());
  return json_answer(200, *page, context.quirks);
}

Answer search(Context& context, const Request& request, const ResourceType& type) {
  if (request.method != "POST") return wrong_method();
  if (&type == &any_type() && context.quirks.has(Quirk::root_search_fails))
    return std::unexpected(ScimError{500, "", "the search failed"});
  const auto body = read_body(request, context.options, context.quirks);
  if (!body) return std::unexpected(body.error());
  return answer_list(context, query_of_body(*body, context.quirks), type);
}

Answer root(Context& context, const Request& request) {
  if (request.method != "GET") return wrong_method();
  if (context.quirks.has(Quirk::root_fails))
    return std::unexpected(ScimError{500, "", "the list could not be made"});
  return answer_list(context, query_of_parameters(request, context.quirks), any_type());
}

/// There is no resource behind a token of this provider. [RFC7644 3.11]
Answer me(Context& context, const Request& request) {
  const auto& quirks = context.quirks;
  if (quirks.has(Quirk::me_not_found)) return nothing_here();
  if (quirks.has(Quirk::me_redirects_nowhere)) return base::HttpResponse(308);
  const auto users = context.store.all(&user_type());
  if (quirks.has(Quirk::me_without_location) && request.method == "GET" && !users.empty()) {
    return resource_answer(200, context, *context.store.find(users.front()), {});
  }
  return std::unexpected(ScimError{501, "", "no user belongs to the credential"});
}

Answer collection(Context& context, const Request& request, const ResourceType& type) {
  if (request.method == "GET")
    return answer_list(context, query_of_parameters(request, context.quirks), type);
  if (request.method == "POST") return create_resource(context, request, type);
  return wrong_method();
}

Answer resource(Context& context, const Request& request, const ResourceType& type) {
  const auto& id = request.path[1];
  const auto& quirks = context.quirks;
  if (request.method == "GET" && !quirks.has(Quirk::resources_cannot_be_read))
    return read_resource(context, request, type, id);
  const bool group = &type == &group_type();
  if (request.method == "PUT" &&
      !quirks.has(group ? Quirk::put_of_groups_not_offered : Quirk::put_not_offered))
    return replace_resource(context, request, type, id);
  if (request.method == "PATCH" &&
      !quirks.has(group ? Quirk::patch_of_groups_not_offered : Quirk::patch_not_offered))
    return patch_resource(context, request, type, id);
  if (request.method == "DELETE") return delete_resource(context, request, type, id);
  return wrong_method();
}

Answer place(Context& context, const Request& request) {
  if (is_discovery(request)) return describe_provider(request, context.options, context.quirks);
  if (request.path.empty()) return root(context, request);
  const auto& first = request.path.front();
  if (first == "Me") return me(context, request);
  if (first == search_word && request.path.size() == 1) return search(context, request, any_type());
  if (first == "Bulk" && request.path.size() == 1)
    return request.method == "POST" ? answer_bulk(context, request) : wrong_method();
  const auto& types = served_types(context.options);
  const bool articles = context.options.contract == Contract::articles;
  if (articles && first == "Groups" && context.quirks.has(Quirk::groups_fail))
    return std::unexpected(ScimError{500, "", "groups could not be read"});
  const auto type =
      std::ranges::find_if(types, [&](const ResourceType* one) { return one->endpoint.substr(1) == first; });
  if (type == types.end() || request.path.size() > 2) return nothing_here();
  if (request.path.size() == 1) return collection(context, request, **type);
  if (request.path[1] == search_word) return search(context, request, **type);
  return resource(context, request, **type);
}

}  // namespace

base::HttpResponse route(Context& context, const Request& request) {
  const auto& quirks = context.quirks;
  if (!is_allowed(request, quirks)) {
    const bool unknown = request.caller == Caller::nobody || quirks.has(Quirk::lesser_rights_are_401);
    return error_answer(ScimError{unknown ? 401 : 403, "", "this is not for you"}, quirks);
  }
  auto answer = place(context, request);
  if (!answer) return error_answer(answer.error(), quirks);
  return *std::move(answer);
}

base::HttpResponse respond(Context& context, const base::HttpRequest& sent) {
  const auto& quirks = context.quirks;
  const auto caller = caller_of(sent.headers, context.options, quirks);
  if (!caller) {
    return error_answer(
        ScimError{quirks.has(Quirk::wrong_token_is_403) ? 403 : 401, "", "the credential is not known"},
        quirks);
  }
  const auto accept = sent.headers.find("Accept");
  const bool refused = accept && *caller != Caller::nobody &&
                       ((*accept == "application/json" && quirks.has(Quirk::json_not_acceptable)) ||
                        (*accept == "application/scim+json" && quirks.has(Quirk::scim_json_not_acceptable)));
  if (refused) return error_answer(ScimError{406, "", "no such type is offered"}, quirks);
  auto request = read_request(sent, context.options, quirks);
  if (!request) return error_answer(request.error(), quirks);
  request->caller = *caller;
  return route(context, *request);
}

}  // namespace fakes::scim
