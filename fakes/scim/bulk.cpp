#include "fakes/scim/bulk.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/scim/answer.h"
#include "fakes/scim/bulk_references.h"
#include "fakes/scim/router.h"

namespace fakes::scim {
namespace {

constexpr std::string_view request_schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
constexpr std::string_view response_schema = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

struct Operation {
  std::string method;
  std::string path;
  std::string bulk_id;
  std::string version;
  base::Json data;
  std::set<std::string> references;
  bool literal = false;  ///< references stay as they are, by a quirk

  [[nodiscard]] bool creates() const { return method == "POST"; }
};

Operation read_operation(const base::Json& json, const Quirks& quirks) {
  Operation operation{base::string_or(json, "method", ""),
                      base::string_or(json, "path", ""),
                      base::string_or(json, "bulkId", ""),
                      base::string_or(json, "version", ""),
                      {},
                      {}};
  std::ranges::transform(operation.method, operation.method.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (const auto* data = base::member(json, "data")) operation.data = *data;
  operation.literal = quirks.has(Quirk::bulk_ids_not_resolved) ||
                      (operation.method == "PATCH" && quirks.has(Quirk::bulk_ids_not_resolved_in_patch));
  if (operation.literal) return operation;
  collect_references(operation.data, operation.references);
  collect_references(operation.path, operation.references);
  return operation;
}

class Job {
 public:
  Job(Context& context, const Request& request, std::vector<Operation> operations, std::size_t most_errors)
      : context_(context),
        request_(request),
        operations_(std::move(operations)),
        results_(operations_.size()),
        most_errors_(most_errors) {}

  base::JsonArray run() {
    while (!is_over()) {
      if (const auto next = first_ready())
        process(*next, operations_[*next].data);
      else if (const auto circular = first_of_a_circle())
        process_in_part(*circular);
      else
        fail(*first_pending(),
             ScimError{409, "", "a bulkId is none of this job's, or its resource was not created"});
    }
    for (const auto index : partial_) complete(index);
    base::JsonArray results;
    for (auto& result : results_) {
      if (result) results.push_back(std::move(*result));
    }
    return results;
  }

 private:
  [[nodiscard]] bool is_over() const {
    return !first_pending() || (most_errors_ > 0 && errors_ >= most_errors_);
  }

  [[nodiscard]] std::optional<std::size_t> first_where(auto holds) const {
    for (std::size_t at = 0; at < operations_.size(); ++at) {
      if (!results_[at] && holds(operations_[at])) return at;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> first_pending() const {
    return first_where([](const Operation&) { return true; });
  }

  [[nodiscard]] std::optional<std::size_t> first_ready() const {
    const bool as_it_stands = context_.quirks.has(Quirk::bulk_ids_resolved_backwards_only);
    if (as_it_stands) return first_pending();
    return first_where([&](const Operation& operation) {
      return std::ranges::all_of(operation.references,
                                 [&](const std::string& id) { return ids_.contains(id); });
    });
  }

  /// A POST that waits for nothing but other POSTs that wait.
  [[nodiscard]] std::optional<std::size_t> first_of_a_circle() const {
    if (context_.quirks.has(Quirk::circles_not_resolved)) return std::nullopt;
    return first_where([&](const Operation& operation) {
      return operation.creates() && std::ranges::all_of(operation.references, [&](const std::string& id) {
               return ids_.contains(id) || first_where([&](const Operation& other) {
                        return other.creates() && other.bulk_id == id;
                      });
             });
    });
  }

  void process_in_part(std::size_t index) {
    process(index, without_references(operations_[index].data));
    if (ids_.contains(operations_[index].bulk_id)) partial_.push_back(index);
  }

  void process(std::size_t index, const base::Json& data) {
    const auto& operation = operations_[index];
    const auto& quirks = context_.quirks;
    if (operation.creates() && operation.bulk_id.empty())
      return fail(index, bad_request("invalidSyntax", "a POST needs a bulkId"));
    if (operation.creates() && ids_.contains(operation.bulk_id))
      return fail(index, bad_request("invalidSyntax", "the bulkId is taken"));
    const auto target = base::parse_target(operation.path);
    const auto segments = target ? target->segments() : std::vector<std::string>{};
    const bool known = operation.method == "POST" || operation.method == "PUT" ||
                       operation.method == "PATCH" || operation.method == "DELETE";
    if (!known || segments.empty() || segments.front() == "Bulk")
      return fail(index, bad_request("invalidSyntax", "no such operation"));
    const auto response = send(operation, operation.literal ? data : resolved(data, ids_));
    const auto answer = base::parse_json(response.body);
    const auto id = answer ? base::string_or(*answer, "id", "") : "";
    if (!response.ok())
      ++errors_;
    else if (operation.creates())
      ids_[operation.bulk_id] = id;
    if (!response.ok() && quirks.has(Quirk::bulk_stops_at_first_error)) most_errors_ = 1;
    results_[index] = result_of(operation, response);
  }

  base::HttpResponse send(const Operation& operation, const base::Json& data) {
    auto target = base::parse_target(resolved(operation.path, ids_)).value_or(base::Target{});
    Request request{operation.method, target.segments(), std::move(target.query), {}, "", request_.caller};
    if (operation.method != "DELETE") request.body = base::to_text(data);
    const bool honours = !operation.version.empty() && !context_.quirks.has(Quirk::bulk_version_ignored);
    if (honours && !operation.creates()) request.headers.add("If-Match", operation.version);
    if (operation.method == "DELETE" && context_.quirks.has(Quirk::bulk_deletes_nothing))
      return base::HttpResponse(204);
    if (!context_.quirks.has(Quirk::bulk_skips_uniqueness)) return route(context_, request);
    auto quirks = context_.quirks;
    quirks.add(Quirk::duplicate_accepted);
    Context lax{context_.options, quirks,       context_.store, context_.graveyard,
                context_.cursors, context_.rng, context_.now};
    return route(lax, request);
  }

  [[nodiscard]] base::JsonObject result_of(const Operation& operation,
                                           const base::HttpResponse& response) const {
    const auto& quirks = context_.quirks;
    base::JsonObject result{{"method", base::json_text(operation.method)}};
    if (!operation.bulk_id.empty() && !quirks.has(Quirk::bulk_id_not_returned))
      result["bulkId"] = base::json_text(operation.bulk_id);
    if (const auto tag = response.headers.find("ETag")) result["version"] = base::json_text(*tag);
    const auto location = response.headers.find("Location");
    const bool made = operation.creates() && response.ok() && location;
    const auto place =
        made ? std::string(*location) : context_.options.base.text() + resolved(operation.path, ids_);
    if ((made || !operation.creates()) && !quirks.has(Quirk::bulk_location_missing))
      result["location"] = base::json_text(place);
    if (!quirks.has(Quirk::bulk_status_missing))
      result["status"] = base::json_text(std::to_string(response.status));
    const auto body = base::parse_json(response.body);
    if (!response.ok() && body && !quirks.has(Quirk::bulk_error_missing)) result["response"] = *body;
    return result;
  }

  void fail(std::size_t index, const ScimError& error) {
    if (context_.quirks.has(Quirk::unresolved_bulk_id_kept) && error.status == 409) {
      operations_[index].references.clear();
      return;
    }
    ++errors_;
    results_[index] = result_of(operations_[index], error_answer(error, context_.quirks));
  }

  /// Gives a resource of a circle the references that it was created without, or takes it back.
  void complete(std::size_t index) {
    auto operation = operations_[index];
    operation.path += "/" + ids_.at(operation.bulk_id);
    operation.method = "PUT";
    operation.version.clear();
    const bool whole =
        std::ranges::all_of(operation.references, [&](const std::string& id) { return ids_.contains(id); });
    const auto response = whole ? send(operation, resolved(operation.data, ids_)) : base::HttpResponse(409);
    if (response.ok()) return;
    operation.method = "DELETE";
    (void)send(operation, {});
    fail(index, ScimError{409, "", "the resources that it refers to were not created"});
  }

  Context& context_;
  const Request& request_;
  std::vector<Operation> operations_;
  std::vector<std::optional<base::JsonObject>> results_;  ///< empty while pending, or never processed
  std::vector<std::size_t> partial_;
  BulkIds ids_;
  std::size_t errors_ = 0;
  std::size_t most_errors_;  ///< 0: any number
};

std::unexpected<ScimError> beyond(std::string limit, const Quirks& quirks) {
  return std::unexpected(
      ScimError{413, "", quirks.has(Quirk::bulk_limit_unnamed) ? "the job is too large" : std::move(limit)});
}

}  // namespace

Answer answer_bulk(Context& context, const Request& request) {
  const auto& quirks = context.quirks;
  const auto& options = context.options;
  if (quirks.has(Quirk::bulk_not_offered))
    return std::unexpected(ScimError{501, "", "there are no bulk jobs"});
  const bool limited = !quirks.has(Quirk::bulk_limits_not_kept);
  if (request.body.size() > options.bulk_bytes && limited)
    return beyond(fmt::format("a bulk job has at most {} bytes", options.bulk_bytes), quirks);
  const auto body = read_body(request, options, quirks);
  if (!body) return std::unexpected(body.error());
  if (!names_schema(*body, request_schema))
    return std::unexpected(
        bad_request("invalidSyntax", fmt::format("\"schemas\" does not name {}", request_schema)));
  const auto* list = base::member_ignoring_case(body->get_object(), "Operations");
  if (list == nullptr || !list->is_array())
    return std::unexpected(bad_request("invalidSyntax", "\"Operations\" is no array"));
  if (list->get_array().size() > options.bulk_operations && limited) {
    return beyond(fmt::format("a bulk job has at most {} operations", options.bulk_operations), quirks);
  }
  std::vector<Operation> operations;
  for (const auto& json : list->get_array()) operations.push_back(read_operation(json, quirks));
  if (quirks.has(Quirk::bulk_in_reverse_order)) std::ranges::reverse(operations);
  const auto most_errors = std::max<std::int64_t>(base::integer_member(*body, "failOnErrors").value_or(0), 0);
  Job job(context, request, std::move(operations),
          quirks.has(Quirk::fail_on_errors_ignored) ? 0 : static_cast<std::size_t>(most_errors));
  auto results = job.run();
  base::JsonObject answer;
  if (!quirks.has(Quirk::bulk_schema_missing))
    answer["schemas"] = base::JsonArray{base::json_text(response_schema)};
  const bool failed = std::ranges::any_of(
      results, [](const base::Json& result) { return result.get_object().contains("response"); });
  answer["Operations"] = std::move(results);
  return json_answer(failed && quirks.has(Quirk::bulk_with_a_failure_is_400) ? 400 : 200, answer, quirks);
}

}  // namespace fakes::scim
