// Walks over the pages of a collection: which page a product has asked for because of which.
#pragma once

#include <string>
#include <vector>

#include "scenarios/client/seen.h"

namespace scenarios::client {

struct PageWalk {
  std::string over{};                 ///< what is walked over: the path, and what of the query chooses among what is there
  bool from_the_beginning = false;    ///< not from a token of its own making, or of another walk
  bool ended = false;                 ///< the last page has no link to another
  std::vector<const Seen*> pages{};   ///< answered; each but the first by the link of one before

  [[nodiscard]] bool is_whole() const { return from_the_beginning && ended; }
};

/// Of the phases, in order of their first pages. A page that was fetched twice stands twice, in one walk.
[[nodiscard]] std::vector<PageWalk> page_walks(const History& history, const std::vector<std::size_t>& phases);

}  // namespace scenarios::client
