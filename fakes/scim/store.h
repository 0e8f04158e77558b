// The resources that a provider keeps, in the order in which they were created, and who is in which group.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "fakes/scim/schema.h"

namespace fakes::scim {

/// A resource. `attributes` has no `id`, `meta` and `groups`: those are made when it is shown.
struct Record {
  const ResourceType* type = nullptr;
  std::string id{};
  base::JsonObject attributes{};
  base::Instant created{};
  base::Instant modified{};
  std::string called{};  ///< what the client called its type, for a provider that listens
};

class Store {
 public:
  /// Counts the resources that were ever created.
  using Serial = std::uint64_t;

  Serial insert(Record record);
  /// Null where there is none, or one of another type; a type of null stands for all.
  [[nodiscard]] const Record* find(const ResourceType* type, std::string_view id) const;
  [[nodiscard]] const Record* find(Serial serial) const;
  /// Of an existing resource. `modified` moves by a millisecond at least, as much as the wire shows.
  /// [RFC7643 3.1]
  void change(const Record& record, base::JsonObject attributes, base::Instant now);
  void set_times(const Record& record, base::Instant created, base::Instant modified);
  void erase(const Record& record);

  /// By their serials; a type of null stands for all.
  [[nodiscard]] std::vector<Serial> all(const ResourceType* type) const;
  /// The groups that list the resource themselves, in the order of their creation.
  [[nodiscard]] const std::vector<Serial>& groups_of(std::string_view id) const;
  /// A text that is the same exactly where all resources are.
  [[nodiscard]] std::string dump() const;

 private:
  void index_members() const;

  std::map<Serial, Record> records_;
  std::map<std::string, Serial, std::less<>> serials_;  ///< by the type's name and the id
  Serial last_ = 0;
  mutable bool indexed_ = false;
  mutable std::map<std::string, std::vector<Serial>, std::less<>> groups_by_member_;
};

}  // namespace fakes::scim
