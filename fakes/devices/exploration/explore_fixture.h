// Exhaustive exploration of a model: every act in every state that can be reached, breadth first, with laws that hold of each
// transition and of each state. What breaks a law is told with the shortest way to it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fakes/devices/effect.h"

namespace fakes::devices {

/// One act in one state. `acted` is what the act has made of the world, `after` what the rest of the world has made of that.
template <class World, class Act>
struct Transition {
  const World& before;
  const Act& act;
  const Step& step;
  const World& acted;
  const World& after;
};

template <class World, class Act>
struct Law {
  std::string_view id;
  /// What is wrong; empty: nothing.
  std::function<std::string(const Transition<World, Act>&)> broken;
};

template <class World>
struct StateLaw {
  std::string_view id;
  std::function<std::string(const World&)> broken;
};

template <class World, class Act>
struct Model {
  World start;
  std::vector<std::pair<std::string, Act>> acts;  ///< with what they are called in a counterexample
  std::function<Step(World&, const Act&)> step;
  std::function<void(World&)> settle;             ///< what follows of itself
  std::function<std::string(const World&)> key;   ///< equal for equal worlds and for no others
  std::vector<Law<World, Act>> laws;
  std::vector<StateLaw<World>> state_laws;
};

struct Counterexample {
  std::string what;
  std::vector<std::string> way;  ///< acts from the start to it
};

inline std::string to_text(const Counterexample& found) {
  auto text = found.what + "\n  after:";
  for (const auto& act : found.way) text += " " + act;
  return text;
}

struct Explored {
  std::size_t states = 0;
  std::size_t transitions = 0;
  int depth = 0;        ///< of the state that was found last
  bool closed = false;  ///< there is no further state
  std::map<std::string_view, Counterexample> broken;  ///< the first of each law
};

template <class World, class Act>
class Exploration {
 public:
  explicit Exploration(const Model<World, Act>& model) : model_(&model) {}

  /// To `deepest` acts from the start.
  Explored run(int deepest) {
    visit(model_->start, none, 0);
    std::size_t next = 0;
    for (; next < nodes_.size() && nodes_[next].depth < deepest; ++next) try_all(next);
    explored_.states = nodes_.size();
    explored_.closed = next == nodes_.size();
    explored_.depth = nodes_.back().depth;
    return std::move(explored_);
  }

  /// The states that were found, first those that are near.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& node : nodes_) visit(node.world);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Node {
    World world;
    std::size_t parent;
    std::size_t act;
    int depth;
  };

  void visit(World world, std::size_t parent, std::size_t act) {
    if (!known_.emplace(model_->key(world), nodes_.size()).second) return;
    const int depth = parent == none ? 0 : nodes_[parent].depth + 1;
    nodes_.push_back({std::move(world), parent, act, depth});
    for (const auto& law : model_->state_laws) tell(law.id, law.broken(nodes_.back().world), nodes_.size() - 1, none);
  }

  void try_all(std::size_t at) {
    for (std::size_t i = 0; i < model_->acts.size(); ++i) {
      const auto& act = model_->acts[i].second;
      auto acted = nodes_[at].world;
      const auto step = model_->step(acted, act);
      auto after = acted;
      model_->settle(after);
      ++explored_.transitions;
      const Transition<World, Act> transition{nodes_[at].world, act, step, acted, after};
      for (const auto& law : model_->laws) tell(law.id, law.broken(transition), at, i);
      visit(std::move(after), at, i);
    }
  }

  void tell(std::string_view law, std::string what, std::size_t at, std::size_t act) {
    if (what.empty() || explored_.broken.contains(law)) return;
    Counterexample found{std::move(what), {}};
    if (act != none) found.way.push_back(model_->acts[act].first);
    for (; nodes_[at].parent != none; at = nodes_[at].parent)
      found.way.insert(found.way.begin(), model_->acts[nodes_[at].act].first);
    explored_.broken.emplace(law, std::move(found));
  }

  const Model<World, Act>* model_;
  std::deque<Node> nodes_;  ///< where they stand while more are found
  std::unordered_map<std::string, std::size_t> known_;
  Explored explored_;
};

template <class World, class Act>
Explored explore(const Model<World, Act>& model, int deepest) {
  return Exploration<World, Act>(model).run(deepest);
}

/// Fails for each law that is broken, and leaves the sizes in the test's record.
inline void expect_lawful(const Explored& explored) {
  for (const auto& [law, found] : explored.broken) ADD_FAILURE() << law << ": " << to_text(found);
  ::testing::Test::RecordProperty("states", static_cast<int>(explored.states));
  ::testing::Test::RecordProperty("transitions", static_cast<int>(explored.transitions));
  ::testing::Test::RecordProperty("depth", explored.depth);
  std::cout << fmt::format("[ EXPLORED ] {} states, {} transitions, {} acts deep{}\n", explored.states, explored.transitions, explored.depth,
                           explored.closed ? ", closed" : "");
}

}  // namespace fakes::devices
