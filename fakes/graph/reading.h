// What requests read from: the tenant as it is, or a replica that lags behind it. [Graph C1]
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "fakes/entra/tenant.h"

namespace fakes::graph {

using entra::DirectoryObject;
using entra::ObjectId;
using entra::ObjectKind;

using Objects = std::map<ObjectId, DirectoryObject>;

class Reading {
 public:
  virtual ~Reading() = default;
  [[nodiscard]] virtual const Objects& living(ObjectKind kind) const = 0;
  [[nodiscard]] virtual const Objects& deleted(ObjectKind kind) const = 0;
  [[nodiscard]] virtual const entra::PropertyIndex& index(ObjectKind kind) const = 0;
  [[nodiscard]] virtual const entra::Links& members_of(const ObjectId& group) const = 0;
  [[nodiscard]] virtual const entra::Links& owners_of(const ObjectId& group) const = 0;
  [[nodiscard]] virtual std::vector<ObjectId> groups_of(const ObjectId& member) const = 0;
  [[nodiscard]] virtual std::optional<ObjectId> manager_of(const ObjectId& user) const = 0;
  /// Every change up to this sequence can be seen.
  [[nodiscard]] virtual std::uint64_t horizon() const = 0;

  [[nodiscard]] const DirectoryObject* find(const ObjectId& id) const { return find_in(id, living(ObjectKind::user), living(ObjectKind::group)); }
  [[nodiscard]] const DirectoryObject* find_deleted(const ObjectId& id) const {
    return find_in(id, deleted(ObjectKind::user), deleted(ObjectKind::group));
  }
  [[nodiscard]] const DirectoryObject* find(ObjectKind kind, const ObjectId& id) const {
    const auto found = living(kind).find(id);
    return found == living(kind).end() ? nullptr : &found->second;
  }
  [[nodiscard]] const DirectoryObject* find_user_by_name(std::string_view user_principal_name) const;

 private:
  static const DirectoryObject* find_in(const ObjectId& id, const Objects& users, const Objects& groups);
};

class TenantReading final : public Reading {
 public:
  explicit TenantReading(const entra::Tenant& tenant) : tenant_(&tenant) {}
  [[nodiscard]] const Objects& living(ObjectKind kind) const override { return tenant_->living(kind); }
  [[nodiscard]] const Objects& deleted(ObjectKind kind) const override { return tenant_->deleted(kind); }
  [[nodiscard]] const entra::PropertyIndex& index(ObjectKind kind) const override { return tenant_->index(kind); }
  [[nodiscard]] const entra::Links& members_of(const ObjectId& group) const override { return tenant_->members_of(group); }
  [[nodiscard]] const entra::Links& owners_of(const ObjectId& group) const override { return tenant_->owners_of(group); }
  [[nodiscard]] std::vector<ObjectId> groups_of(const ObjectId& member) const override { return tenant_->groups_of(member); }
  [[nodiscard]] std::optional<ObjectId> manager_of(const ObjectId& user) const override { return tenant_->manager_of(user); }
  [[nodiscard]] std::uint64_t horizon() const override { return tenant_->changes().last(); }

 private:
  const entra::Tenant* tenant_;
};

}  // namespace fakes::graph
