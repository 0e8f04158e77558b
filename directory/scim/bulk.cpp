#include "directory/scim/bulk.h"

#include <fmt/format.h>

#include <set>

#include "directory/scim/bulk_request.h"
#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

class BulkRun {
 public:
  BulkRun(Core& core, BulkRequest request, std::string_view base_url, const PerformOperation& perform)
      : core_(&core), request_(std::move(request)), base_url_(base_url), perform_(&perform) {
    answers_.resize(request_.operations.size());
    states_.resize(request_.operations.size(), State::waiting);
    for (std::size_t i = 0; i < request_.operations.size(); ++i) {
      const auto& operation = request_.operations[i];
      if (operation.method != "POST" || operation.bulk_id.empty()) continue;
      if (!makers_.emplace(operation.bulk_id, i).second)
        request_.operations[i].flaw = "another operation has the same bulkId";
    }
  }

  void run() {
    for (std::size_t i = 0; i < request_.operations.size() && !stopped_; ++i) perform(i);
    for (std::size_t at = 0; at < incomplete_.size() && !stopped_; ++at) complete(incomplete_[at]);
  }

  [[nodiscard]] JsonArray results() const {
    JsonArray results;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (states_[i] == State::done) results.push_back(result_of(i));
    }
    return results;
  }

 private:
  enum class State { waiting, preparing, done };

  void perform(std::size_t index) {
    if (states_[index] != State::waiting) return;
    auto operation = request_.operations[index];
    if (!operation.flaw.empty()) return conclude(index, scim_error(400, operation.flaw, "invalidSyntax"));
    states_[index] = State::preparing;
    for (const auto& reference : references_of(operation)) {
      const auto maker = makers_.find(reference);
      if (maker == makers_.end()) {
        return conclude(
            index, scim_error(400, fmt::format("no operation makes bulkId {}", reference), "invalidValue"));
      }
      perform(maker->second);
      if (stopped_ && states_[index] == State::preparing) {
        states_[index] = State::waiting;
        return;
      }
      if (states_[maker->second] == State::done && !ids_.contains(reference)) {
        return conclude(index,
                        scim_error(409, fmt::format("what bulkId {} stands for was not made", reference)));
      }
    }
    const bool incomplete = resolve_references(operation, ids_);
    // Only what a POST makes can be completed later; everything else of a circle waits for no one.
    if (incomplete && operation.method != "POST") {
      return conclude(index, scim_error(409, "the references of the operation run in a circle"));
    }
    auto answer = in_savepoint(operation);
    if (answer.ok() && operation.method == "POST") {
      if (const auto id = base::string_member(read_json(answer.body), "id")) ids_[operation.bulk_id] = *id;
    }
    if (incomplete && answer.ok()) incomplete_.push_back(index);
    conclude(index, std::move(answer));
  }

  /// Gives a resource of a circle the references that it was made without.
  void complete(std::size_t index) {
    auto operation = request_.operations[index];
    if (resolve_references(operation, ids_)) {
      return fail(index, scim_error(409, "what the resource refers to was not made"));
    }
    operation.method = "PUT";
    operation.path += "/" + ids_.at(operation.bulk_id);
    auto answer = in_savepoint(operation);
    if (!answer.ok()) return fail(index, std::move(answer));
    answer.status = answers_[index].status;
    answers_[index] = std::move(answer);
  }

  /// What was made of it goes again.
  void fail(std::size_t index, HttpResponse answer) {
    const auto& operation = request_.operations[index];
    (void)in_savepoint({"DELETE", operation.path + "/" + ids_.at(operation.bulk_id), {}, {}, {}, {}});
    count_error();
    answers_[index] = std::move(answer);
  }

  HttpResponse in_savepoint(const BulkOperation& operation) {
    auto& db = core_->db();
    base::HttpRequest request(operation.method, operation.path);
    if (!operation.version.empty()) request.headers.add("If-Match", operation.version);
    db.run("SAVEPOINT bulk_operation");
    auto answer = (*perform_)(request, operation.data);
    if (!answer.ok()) db.run("ROLLBACK TO bulk_operation");
    db.run("RELEASE bulk_operation");
    return answer;
  }

  void conclude(std::size_t index, HttpResponse answer) {
    states_[index] = State::done;
    if (!answer.ok()) count_error();
    answers_[index] = std::move(answer);
  }

  void count_error() {
    ++errors_;
    stopped_ = request_.fail_on_errors > 0 && errors_ >= request_.fail_on_errors;
  }

  static Json read_json(const std::string& text) {
    auto json = base::parse_json(text);
    return json ? std::move(*json) : Json(JsonObject{});
  }

  /// [RFC7644 3.7.3]: a location unless a POST failed, the error where one did.
  [[nodiscard]] JsonObject result_of(std::size_t index) const {
    const auto& operation = request_.operations[index];
    const auto& answer = answers_[index];
    JsonObject result;
    if (const auto location = answer.headers.find("Location")) {
      result["location"] = base::json_text(*location);
    } else if (operation.method != "POST" && operation.path.starts_with('/')) {
      auto named = operation;
      (void)resolve_references(named, ids_);
      result["location"] = fmt::format("{}{}", base_url_, named.path);
    }
    result["method"] = operation.method;
    if (!operation.bulk_id.empty()) result["bulkId"] = operation.bulk_id;
    if (const auto tag = answer.headers.find("ETag")) result["version"] = base::json_text(*tag);
    result["status"] = std::to_string(answer.status);
    if (!answer.ok()) result["response"] = read_json(answer.body);
    return result;
  }

  Core* core_;
  BulkRequest request_;
  std::string_view base_url_;
  const PerformOperation* perform_;
  std::map<std::string, std::size_t> makers_;  ///< which operation makes a bulkId
  std::map<std::string, std::string> ids_;     ///< what a bulkId came to stand for
  std::vector<HttpResponse> answers_;
  std::vector<State> states_;
  std::vector<std::size_t> incomplete_;
  std::int64_t errors_ = 0;
  bool stopped_ = false;
};

}  // namespace

HttpResponse perform_bulk(Core& core, const JsonObject& body, std::string_view base_url,
                          const PerformOperation& perform) {
  auto request = read_bulk_request(body);
  if (!request) return request.error();
  BulkRun run(core, std::move(*request), base_url, perform);
  run.run();
  return scim_response(
      200, JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:BulkResponse"}},
                      {"Operations", run.results()}});
}

}  // namespace directory::scim
