// Objects by the values of their indexed properties, letter case aside.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/directory_object.h"

namespace fakes::entra {

class PropertyIndex {
 public:
  void add(const DirectoryObject& object, const DirectoryObject::Value& value);
  void remove(const DirectoryObject& object, const DirectoryObject::Value& value);
  /// All its values.
  void add(const DirectoryObject& object);
  void remove(const DirectoryObject& object);

  /// By object id; empty where no object has the value.
  [[nodiscard]] const std::map<ObjectId, const DirectoryObject*>& equal_to(const Property& property, std::string_view value) const;
  /// Those with a value that begins so, each once, by object id.
  [[nodiscard]] std::map<ObjectId, const DirectoryObject*> beginning_with(const Property& property, std::string_view beginning) const;

  /// Whether more than `most` entries begin so; then reading all objects is the better way.
  [[nodiscard]] bool has_more_than(const Property& property, std::string_view beginning, std::size_t most) const;

 private:
  using Holders = std::map<ObjectId, const DirectoryObject*>;
  void change(const DirectoryObject& object, const DirectoryObject::Value& value, bool present);

  std::map<std::string, std::map<std::string, Holders, std::less<>>, std::less<>> by_property_;
};

}  // namespace fakes::entra
