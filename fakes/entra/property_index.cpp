#include "fakes/entra/property_index.h"

#include "base/encoding.h"

namespace fakes::entra {
namespace {

const std::map<ObjectId, const DirectoryObject*> nobody;

}  // namespace

void PropertyIndex::change(const DirectoryObject& object, const DirectoryObject::Value& value, bool present) {
  if (!value.property->indexed) return;
  auto& values = by_property_[std::string(value.property->name)];
  const auto put = [&](std::string_view text) {
    const auto key = base::to_lower(text);
    if (present) {
      values[key].emplace(object.id(), &object);
      return;
    }
    const auto holders = values.find(key);
    if (holders == values.end()) return;
    holders->second.erase(object.id());
    if (holders->second.empty()) values.erase(holders);
  };
  if (value.json.is_string()) put(base::as_text(value.json.get_string()));
  if (!value.json.is_array()) return;
  for (const auto& element : value.json.get_array()) {
    if (element.is_string()) put(base::as_text(element.get_string()));
  }
}

void PropertyIndex::add(const DirectoryObject& object, const DirectoryObject::Value& value) { change(object, value, true); }
void PropertyIndex::remove(const DirectoryObject& object, const DirectoryObject::Value& value) { change(object, value, false); }

void PropertyIndex::add(const DirectoryObject& object) {
  for (const auto& value : object.values()) change(object, value, true);
}

void PropertyIndex::remove(const DirectoryObject& object) {
  for (const auto& value : object.values()) change(object, value, false);
}

const std::map<ObjectId, const DirectoryObject*>& PropertyIndex::equal_to(const Property& property, std::string_view value) const {
  const auto values = by_property_.find(property.name);
  if (values == by_property_.end()) return nobody;
  const auto holders = values->second.find(base::to_lower(value));
  return holders == values->second.end() ? nobody : holders->second;
}

std::map<ObjectId, const DirectoryObject*> PropertyIndex::beginning_with(const Property& property, std::string_view beginning) const {
  Holders found;
  const auto values = by_property_.find(property.name);
  if (values == by_property_.end()) return found;
  const auto key = base::to_lower(beginning);
  for (auto at = values->second.lower_bound(key); at != values->second.end() && at->first.starts_with(key); ++at) {
    found.insert(at->second.begin(), at->second.end());
  }
  return found;
}

bool PropertyIndex::has_more_than(const Property& property, std::string_view beginning, std::size_t most) const {
  const auto values = by_property_.find(property.name);
  if (values == by_property_.end()) return false;
  const auto key = base::to_lower(beginning);
  std::size_t count = 0;
  for (auto at = values->second.lower_bound(key); at != values->second.end() && at->first.starts_with(key); ++at) {
    count += at->second.size();
    if (count > most) return true;
  }
  return false;
}

}  // namespace fakes::entra
