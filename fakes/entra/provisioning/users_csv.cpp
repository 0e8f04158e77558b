#include "fakes/entra/provisioning/users_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/encoding.h"
#include "fakes/entra/property.h"

namespace fakes::entra::provisioning {
namespace {

using base::equals_ignoring_case;
using base::Json;
using base::JsonArray;
using base::JsonObject;

struct Column {
  std::string_view portal;
  std::string_view property;
};

constexpr std::array portal_columns{
    Column{"telephoneNumber", "businessPhones"},
    Column{"mobile", "mobilePhone"},
    Column{"physicalDeliveryOfficeName", "officeLocation"},
    Column{"facsimileTelephoneNumber", "faxNumber"},
    Column{"alternateEmailAddress", "otherMails"},
};

constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

/// The property that a column fills; null where none may be filled.
const Property* property_of(std::string_view column) {
  const auto named = std::ranges::find_if(portal_columns, [&](const Column& each) { return equals_ignoring_case(each.portal, column); });
  const auto wanted = named == portal_columns.end() ? column : named->property;
  const auto table = properties_of(ObjectKind::user);
  const auto found = std::ranges::find_if(table, [&](const Property& each) { return equals_ignoring_case(each.name, wanted); });
  if (found == table.end() || found->writing == Writing::never || found->writing == Writing::delegated) return nullptr;
  return found->type == PropertyType::object || found->type == PropertyType::objects ? nullptr : &*found;
}

std::expected<Json, std::string> value_of(const Property& property, const std::string& text) {
  if (property.type == PropertyType::boolean) {
    if (equals_ignoring_case(text, "true")) return Json(true);
    if (equals_ignoring_case(text, "false")) return Json(false);
    return std::unexpected(fmt::format("{} is True or False, not \"{}\"", property.name, text));
  }
  if (property.type == PropertyType::texts) return JsonArray{base::json_text(text)};
  return base::json_text(text);
}

/// Reads one CSV text, field by field.
class Csv {
 public:
  explicit Csv(std::string_view text) : text_(text) {}

  std::expected<std::vector<std::vector<std::string>>, std::string> read() {
    while (at_ < text_.size()) {
      if (const auto taken = take_field(); !taken) return std::unexpected(taken.error());
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        if (at_ == text_.size()) row_.emplace_back();
        continue;
      }
      end_row();
    }
    if (!row_.empty()) rows_.push_back(std::move(row_));
    return std::move(rows_);
  }

 private:
  std::expected<void, std::string> take_field() {
    std::string field;
    if (text_[at_] != '"') {
      while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n') {
        if (text_[at_] == '"') return std::unexpected(fmt::format("row {}: a quotation mark stands within a field", rows_.size() + 1));
        field += text_[at_++];
      }
      row_.push_back(std::move(field));
      return {};
    }
    for (++at_;; ++at_) {
      if (at_ == text_.size()) return std::unexpected(fmt::format("row {}: a quotation mark is not closed", rows_.size() + 1));
      if (text_[at_] != '"') {
        field += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += text_[++at_];
      } else {
        break;
      }
    }
    ++at_;
    row_.push_back(std::move(field));
    const bool ends = at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\r' || text_[at_] == '\n';
    if (!ends) return std::unexpected(fmt::format("row {}: something stands behind a quotation mark", rows_.size() + 1));
    return {};
  }

  void end_row() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    rows_.push_back(std::move(row_));
    row_ = {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> row_;
  std::vector<std::vector<std::string>> rows_;
};

std::expected<JsonObject, std::string> user_of(const std::vector<const Property*>& columns, const std::vector<std::string>& fields) {
  JsonObject user;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == nullptr || fields[i].empty()) continue;
    auto value = value_of(*columns[i], fields[i]);
    if (!value) return std::unexpected(value.error());
    user[base::json_key(columns[i]->name)] = *std::move(value);
  }
  const auto name = base::string_or(user, "userPrincipalName", "");
  if (name.empty()) return std::unexpected("there is no userPrincipalName");
  const auto local = base::json_text(std::string_view(name).substr(0, name.find('@')));
  if (!user.contains("mailNickname")) user["mailNickname"] = local;
  if (!user.contains("displayName")) user["displayName"] = local;
  if (!user.contains("accountEnabled")) user["accountEnabled"] = true;
  return user;
}

}  // namespace

std::expected<std::vector<std::vector<std::string>>, std::string> read_csv(std::string_view text) {
  if (text.starts_with(csv_byte_order_mark)) text.remove_prefix(csv_byte_order_mark.size());
  return Csv(text).read();
}

std::expected<CsvUsers, std::string> read_users_csv(std::string_view text) {
  const auto rows = read_csv(text);
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::unexpected("the file is empty");
  CsvUsers read;
  std::vector<const Property*> columns;
  for (const auto& name : rows->front()) {
    columns.push_back(property_of(name));
    if (columns.back() == nullptr) read.ignored.push_back(name);
  }
  const bool named = std::ranges::any_of(columns, [](const Property* each) { return each != nullptr && each->name == "userPrincipalName"; });
  if (!named) return std::unexpected("there is no column userPrincipalName");
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const auto& fields = rows->at(i);
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (fields.size() != columns.size()) return std::unexpected(fmt::format("line {}: {} fields stand under {} columns", i + 1, fields.size(), columns.size()));
    auto user = user_of(columns, fields);
    if (!user) return std::unexpected(fmt::format("line {}: {}", i + 1, user.error()));
    read.users.push_back({i + 1, *std::move(user)});
  }
  return read;
}

}  // namespace fakes::entra::provisioning
