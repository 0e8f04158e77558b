#include "fakes/okta/api/search_index.h"

namespace fakes::okta::api {

SearchIndex::SearchIndex(Org& org, base::Duration lag) : org_(&org), lag_(lag) {
  begin();
  listener_ = org.changes().listen([this] { note(); });
}

SearchIndex::~SearchIndex() { org_->changes().unlisten(listener_); }

void SearchIndex::set_lag(base::Duration lag) {
  lag_ = lag;
  versions_.clear();
  begin();
}

void SearchIndex::begin() {
  seen_ = org_->changes().last();
  if (lag_ == base::Duration::zero()) return;
  for (const auto& [id, user] : org_->users()) versions_[id].push_back({base::Instant::min(), user});
}

void SearchIndex::note() {
  const auto entries = org_->changes().after(seen_);
  seen_ = org_->changes().last();
  if (lag_ == base::Duration::zero()) return;
  for (const auto& entry : entries) {
    if (entry.user.empty()) continue;
    const auto* user = org_->find(entry.user);
    const bool is_gone = user == nullptr || entry.what == Change::user_deleted;
    auto& versions = versions_[entry.user];
    while (versions.size() > 1 && versions[1].at + lag_ <= entry.at) versions.pop_front();
    versions.push_back({entry.at, is_gone ? std::nullopt : std::optional(*user)});
  }
}

void SearchIndex::visit(base::Instant now, const std::string& after, const std::function<bool(const User&)>& visit) {
  if (lag_ == base::Duration::zero()) {
    const auto& users = org_->users();
    for (auto at = users.upper_bound(UserId{after}); at != users.end(); ++at) {
      if (!visit(at->second)) return;
    }
    return;
  }
  for (auto at = versions_.upper_bound(UserId{after}); at != versions_.end();) {
    auto& versions = at->second;
    while (versions.size() > 1 && versions[1].at + lag_ <= now) versions.pop_front();
    const auto& first = versions.front();
    const bool is_there = first.at == base::Instant::min() || first.at + lag_ <= now;
    if (is_there && first.user && !visit(*first.user)) return;
    at = is_there && !first.user && versions.size() == 1 ? versions_.erase(at) : std::next(at);
  }
}

}  // namespace fakes::okta::api
