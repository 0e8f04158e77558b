// The sign-ins that a tenant writes down: the signIns of Graph. Sign-in adds, Graph reads. [Graph O7]
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

#include "base/instant.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra {

struct SignInRecord {
  struct Device {
    std::string id{};
    std::string display_name{};
    std::string operating_system{};
    std::string browser{};
    bool compliant = false;
    bool managed = false;
    std::string trust_type{};
  };

  std::string id{};
  base::Instant at{};
  ObjectId user{};
  std::string user_principal_name{};
  std::string user_display_name{};
  std::string app_id{};
  std::string app_display_name{};
  std::string resource_id{};
  std::string resource_display_name{};
  std::string ip_address{};
  std::string client_app_used = "Browser";
  std::string correlation_id{};
  std::string conditional_access_status = "notApplied";
  bool interactive = true;
  int error_code = 0;  ///< the number of the AADSTS error; 0: success [Graph O8]
  std::string failure_reason = "Other.";
  std::string additional_details{};
  Device device{};
};

class SignInLog {
 public:
  void add(SignInRecord record) {
    if (records_.size() == records_kept) records_.pop_front();
    records_.push_back(std::move(record));
  }
  /// The oldest first.
  [[nodiscard]] const std::deque<SignInRecord>& records() const { return records_; }

 private:
  static constexpr std::size_t records_kept = 100'000;
  std::deque<SignInRecord> records_;
};

}  // namespace fakes::entra
