// Who may use what, computed in two ways: by the directory, in SQL, and by a model of nested loops that knows
// nothing of it. Random graphs grow and are taken apart again, path by path.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "directory/groups/graph_fixture.h"

namespace directory {
namespace effective_access_test {

constexpr std::size_t users = 3;
constexpr std::size_t groups = 3;
constexpr std::size_t system_groups = 2;
constexpr std::size_t systems = 3;

/// One line of the graph: a membership or an association, between the n-th objects of two kinds.
struct Edge {
  enum class Kind { user_in_group, system_in_group, user_system, user_fleet, group_system, group_fleet };
  Kind kind{};
  std::size_t from = 0;
  std::size_t to = 0;

  auto operator<=>(const Edge&) const = default;
};

/// Edges with whether they give sudo.
using Model = std::map<Edge, bool>;

/// Sudo of the user on the system; empty without access.
std::optional<bool> access(const Model& model, std::size_t user, std::size_t system) {
  std::optional<bool> found;
  const auto by = [&](Edge association, bool reachable) {
    const auto edge = model.find(association);
    if (edge == model.end() || !reachable) return;
    found = found.value_or(false) || edge->second;
  };
  const auto in_fleet = [&](std::size_t fleet) {
    return model.contains({Edge::Kind::system_in_group, system, fleet});
  };
  by({Edge::Kind::user_system, user, system}, true);
  for (std::size_t fleet = 0; fleet < system_groups; ++fleet) {
    by({Edge::Kind::user_fleet, user, fleet}, in_fleet(fleet));
  }
  for (std::size_t group = 0; group < groups; ++group) {
    const bool member = model.contains({Edge::Kind::user_in_group, user, group});
    by({Edge::Kind::group_system, group, system}, member);
    for (std::size_t fleet = 0; fleet < system_groups; ++fleet) {
      by({Edge::Kind::group_fleet, group, fleet}, member && in_fleet(fleet));
    }
  }
  return found;
}

class World {
 public:
  World() {
    for (std::size_t i = 0; i < users; ++i) users_.push_back(graph_.onboarded(fmt::format("user{}", i)));
    for (std::size_t i = 0; i < groups; ++i) groups_.push_back(graph_.group(fmt::format("group{}", i)));
    for (std::size_t i = 0; i < system_groups; ++i)
      fleets_.push_back(graph_.system_group(fmt::format("fleet{}", i)));
    for (std::size_t i = 0; i < systems; ++i) systems_.push_back(graph_.system(fmt::format("system{}", i)));
  }

  void put(const Edge& edge, bool sudo) {
    const auto [from, to] = ends(edge);
    if (is_membership(edge)) {
      graph_.member("add", to, from);
      model_[edge] = false;
    } else {
      graph_.join("add", from, to, sudo ? GraphBench::with_sudo : GraphBench::without_sudo);
      model_[edge] = sudo;
    }
  }
  void remove(const Edge& edge) {
    const auto [from, to] = ends(edge);
    RC_ASSERT((is_membership(edge) ? graph_.member("remove", to, from) : graph_.join("remove", from, to)) ==
              204);
    model_.erase(edge);
  }
  [[nodiscard]] std::vector<Edge> edges() const {
    std::vector<Edge> out;
    for (const auto& [edge, sudo] : model_) out.push_back(edge);
    return out;
  }

  /// What agents are told, and what the API says of either end, are what the model says.
  void check() {
    for (std::size_t system = 0; system < systems; ++system) {
      std::map<std::string, bool> told;
      const auto desired = graph_.desired(systems_[system]);
      for (const auto& account : desired.at("accounts").as_array()) {
        told[base::string_or(account, "user_id", "")] = account.at("sudo") == base::Json(true);
        RC_ASSERT(!account.at("handoff").is_null());  // nobody reports, so the first stays
      }
      std::map<std::string, bool> expected;
      std::set<std::string> reached;
      for (std::size_t user = 0; user < users; ++user) {
        if (const auto sudo = access(model_, user, system)) {
          expected[users_[user].id] = *sudo;
          reached.insert(users_[user].id);
        }
      }
      RC_ASSERT(told == expected);
      const auto shown = graph_.ids(systems_[system], "users");
      RC_ASSERT(std::set<std::string>(shown.begin(), shown.end()) == reached);
    }
  }

 private:
  static bool is_membership(const Edge& edge) {
    return edge.kind == Edge::Kind::user_in_group || edge.kind == Edge::Kind::system_in_group;
  }
  [[nodiscard]] std::pair<Node, Node> ends(const Edge& edge) const {
    switch (edge.kind) {
      case Edge::Kind::user_in_group:
        return {users_[edge.from], groups_[edge.to]};
      case Edge::Kind::system_in_group:
        return {systems_[edge.from], fleets_[edge.to]};
      case Edge::Kind::user_system:
        return {users_[edge.from], systems_[edge.to]};
      case Edge::Kind::user_fleet:
        return {users_[edge.from], fleets_[edge.to]};
      case Edge::Kind::group_system:
        return {groups_[edge.from], systems_[edge.to]};
      case Edge::Kind::group_fleet:
        return {groups_[edge.from], fleets_[edge.to]};
    }
    return {};
  }

  GraphBench graph_;
  std::vector<Node> users_, groups_, fleets_, systems_;
  Model model_;
};

Edge some_edge() {
  const auto below = [](std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); };
  switch (below(6)) {
    case 0:
      return {Edge::Kind::user_in_group, below(users), below(groups)};
    case 1:
      return {Edge::Kind::system_in_group, below(systems), below(system_groups)};
    case 2:
      return {Edge::Kind::user_system, below(users), below(systems)};
    case 3:
      return {Edge::Kind::user_fleet, below(users), below(system_groups)};
    case 4:
      return {Edge::Kind::group_system, below(groups), below(systems)};
    default:
      return {Edge::Kind::group_fleet, below(groups), below(system_groups)};
  }
}

// [rule D61] [rule V9] [rule V11] [rule R102]
RC_GTEST_PROP(EffectiveAccess, is_what_the_paths_give_and_goes_with_the_last_of_them, ()) {
  World world;
  const auto size = *rc::gen::inRange(1, 25);
  for (int i = 0; i < size; ++i) {
    const auto edge = some_edge();
    const bool sudo = *rc::gen::arbitrary<bool>();
    world.put(edge, sudo);
  }
  world.check();
  while (!world.edges().empty()) {
    const auto edges = world.edges();
    world.remove(edges[*rc::gen::inRange<std::size_t>(0, edges.size())]);
    world.check();
  }
}

}  // namespace effective_access_test
}  // namespace directory
