// How cases send: requests with the product's credentials, the exchanges that come of them, redacted, and the ledger of
// what was created. The guard stands here: a write to what this run did not create is never sent.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/task.h"
#include "scenarios/probe/names.h"
#include "scenarios/probe/session.h"

namespace scenarios::probe {

class Client {
 public:
  explicit Client(const Target& target, bool plan);

  /// A request with every name filled in.
  struct Request {
    std::string method;
    std::string path;  ///< below the base URL, or an absolute path of the target's when it begins with the base URL
    base::Headers headers;
    std::string body;
    Value json;  ///< the body, where it is JSON
    Credentials credentials = Credentials::usual;
  };

  /// Never suspends for longer than the target's time-out. A write that the guard holds back is a bug of the case: the answer
  /// has the status 0 and `held_back` is told.
  [[nodiscard]] base::Task<Answer> send(Request request);

  /// A case begins: its exchanges and what it creates are collected anew.
  void begin_case(const std::string& id);
  [[nodiscard]] std::vector<ExchangeRecord> exchanges() const;
  /// All answers of the run, for those who watch it.
  [[nodiscard]] const std::vector<Answer>& answers() const { return answers_; }
  [[nodiscard]] std::vector<ExchangeRecord> exchanges(const std::vector<std::uint64_t>& ids) const;

  /// Ids that an id of none may be taken from: the guard lets writes to it pass.
  void allow_unknown(const std::string& id) { unknown_.insert(id); }
  /// Removes what was created, last first. What cannot be removed stays on the list.
  [[nodiscard]] base::Task<void> clean_up();
  /// Removes a resource that a lost answer left: the caller knows it to be ours.
  void adopt(const std::string& path) { created_.push_back(path); }
  [[nodiscard]] const std::vector<std::string>& left_behind() const { return created_; }

  [[nodiscard]] const std::string& held_back() const { return held_back_; }
  [[nodiscard]] std::size_t requests() const { return requests_; }
  /// Requests without an answer since the last one with an answer.
  [[nodiscard]] int unanswered() const { return unanswered_; }
  [[nodiscard]] const std::vector<PlannedWrite>& planned() const { return planned_; }
  /// The target's base URL, without a slash at its end.
  [[nodiscard]] const base::Uri& base() const { return base_; }

 private:
  [[nodiscard]] bool may_write(const Request& request) const;
  [[nodiscard]] bool is_ours(std::string_view path) const;
  void note_created(const Request& request, const Answer& answer);
  void note_bulk(const Request& request, const Answer& answer);
  void remember(const Request& request, const base::HttpRequest& sent, const Answer& answer, base::Instant began);
  void collect_secrets(const Value& body);
  [[nodiscard]] std::string authorization(Credentials credentials) const;
  void keep_secret(const Authorization& authorization);
  /// Takes the token in use, where there are such; why there is none.
  [[nodiscard]] base::Task<base::Result<void>> renew_authorization();

  const Target* target_;
  Authorization usual_;
  base::Uri base_;
  bool plan_;
  std::string case_;
  std::vector<ExchangeRecord> records_;   ///< raw, of the whole run
  std::vector<Answer> answers_;
  std::size_t case_begins_ = 0;
  std::vector<std::string> created_;  ///< paths below the base URL
  std::set<std::string, std::less<>> removed_;
  std::set<std::string, std::less<>> unknown_;
  std::set<std::string, std::less<>> secrets_;
  std::vector<PlannedWrite> planned_;
  std::string held_back_;
  std::size_t requests_ = 0;
  int unanswered_ = 0;
};

}  // namespace scenarios::probe
