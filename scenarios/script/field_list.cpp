#include "scenarios/script/field_list.h"

namespace scenarios {
namespace {

class Lister {
 public:
  template <class Field>
  void required(std::string_view key, Field& field, std::string_view help) {
    add({FieldUse::required, key, help, &field});
  }
  template <class Field>
  void optional(std::string_view key, Field& field, std::string_view help) {
    add({FieldUse::optional, key, help, &field});
  }
  void choice(std::string_view key, std::string& field, std::span<const std::string_view> words, std::string_view help) {
    add({FieldUse::choice, key, help, &field, words});
  }

  FieldList list;

 private:
  void add(const ListedField<FieldPointers::Mutable>& field);
};

void Lister::add(const ListedField<FieldPointers::Mutable>& field) { list.push_back(field); }

template <class Action, class T>
FieldList list_of(Action& action) {
  Lister lister;
  T::describe(*action.template get_if<T>(), lister);
  return std::move(lister.list);
}

template <class Action>
FieldList fields_in(Action& action) {
  static const auto listers = [] {
    std::vector<FieldList (*)(Action&)> all;
    Action::for_each_type([&]<class T>() { all.push_back(&list_of<Action, T>); });
    return all;
  }();
  return listers[action.index()](action);
}

/// The same pointers, through which nothing is written.
template <class Action>
ConstFieldList const_fields_in(const Action& action) {
  ConstFieldList out;
  for (const auto& [use, key, help, field, words] : fields_in(const_cast<Action&>(action))) {
    out.push_back({use, key, help, std::visit([](const auto* value) { return FieldPointers::Const(value); }, field), words});
  }
  return out;
}

template <class T, class Action>
Action make_default() {
  return T{};
}

template <class Action>
std::vector<ActionType<Action>> all_types() {
  std::vector<ActionType<Action>> all;
  Action::for_each_type([&]<class T>() { all.push_back({T::name, T::help, &make_default<T, Action>}); });
  return all;
}

}  // namespace

FieldList fields_of(Verb& verb) { return fields_in(verb); }
FieldList fields_of(Observation& observation) { return fields_in(observation); }
ConstFieldList fields_of(const Verb& verb) { return const_fields_in(verb); }
ConstFieldList fields_of(const Observation& observation) { return const_fields_in(observation); }

template <>
std::span<const ActionType<Verb>> action_types<Verb>() {
  static const auto all = all_types<Verb>();
  return all;
}
template <>
std::span<const ActionType<Observation>> action_types<Observation>() {
  static const auto all = all_types<Observation>();
  return all;
}

}  // namespace scenarios
