#include "fakes/scim/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fakes::scim {
namespace {

std::string key_of(const ResourceType& type, std::string_view id) {
  return fmt::format("{}/{}", type.name, id);
}

}  // namespace

Store::Serial Store::insert(Record record) {
  const auto serial = ++last_;
  serials_[key_of(*record.type, record.id)] = serial;
  records_[serial] = std::move(record);
  indexed_ = false;
  return serial;
}

const Record* Store::find(const ResourceType* type, std::string_view id) const {
  if (type == nullptr) {
    const auto* user = find(&user_type(), id);
    return user != nullptr ? user : find(&group_type(), id);
  }
  const auto serial = serials_.find(key_of(*type, id));
  return serial == serials_.end() ? nullptr : &records_.at(serial->second);
}

const Record* Store::find(Serial serial) const {
  const auto record = records_.find(serial);
  return record == records_.end() ? nullptr : &record->second;
}

void Store::change(const Record& record, base::JsonObject attributes, base::Instant now) {
  auto& kept = records_.at(serials_.at(key_of(*record.type, record.id)));
  kept.attributes = std::move(attributes);
  kept.modified = std::max(now, kept.modified + std::chrono::milliseconds{1});
  indexed_ = false;
}

void Store::set_times(const Record& record, base::Instant created, base::Instant modified) {
  auto& kept = records_.at(serials_.at(key_of(*record.type, record.id)));
  kept.created = created;
  kept.modified = modified;
}

void Store::erase(const Record& record) {
  const auto serial = serials_.find(key_of(*record.type, record.id));
  records_.erase(serial->second);
  serials_.erase(serial);
  indexed_ = false;
}

std::vector<Store::Serial> Store::all(const ResourceType* type) const {
  std::vector<Serial> serials;
  for (const auto& [serial, record] : records_) {
    if (type == nullptr || record.type == type) serials.push_back(serial);
  }
  return serials;
}

const std::vector<Store::Serial>& Store::groups_of(std::string_view id) const {
  static const std::vector<Serial> none;
  if (!indexed_) index_members();
  const auto groups = groups_by_member_.find(id);
  return groups == groups_by_member_.end() ? none : groups->second;
}

void Store::index_members() const {
  groups_by_member_.clear();
  for (const auto& [serial, record] : records_) {
    const auto* members = base::member(record.attributes, "members");
    if (members == nullptr || !members->is_array()) continue;
    for (const auto& member : members->get_array()) {
      if (const auto value = base::string_member(member, "value"))
        groups_by_member_[*value].push_back(serial);
    }
  }
  indexed_ = true;
}

std::string Store::dump() const {
  std::string text;
  for (const auto& [serial, record] : records_) {
    text += fmt::format("{} {} {} {} {}\n", record.type->name, record.id, base::to_rfc3339(record.created),
                        base::to_rfc3339(record.modified), base::to_text(record.attributes));
  }
  return text;
}

}  // namespace fakes::scim
