#include "scenarios/probe/clause_area.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace scenarios::probe {
namespace {

struct Heading {
  std::string_view section;  ///< of an id, without its number: "P-3.4.2" of P-3.4.2-7
  std::string_view area;
};

/// P is RFC 7644, S is RFC 7643, C is RFC 9865, X what was seen from clients.
constexpr std::array headings{Heading{"P-1", "Messages"},
                              Heading{"P-2", "Access"},
                              Heading{"P-3.1", "Messages"},
                              Heading{"P-3.2", "Messages"},
                              Heading{"P-3.3", "Create"},
                              Heading{"P-3.4.1", "Read"},
                              Heading{"P-3.4.2", "Query"},
                              Heading{"P-3.4.2.2", "Query: filters"},
                              Heading{"P-3.4.2.3", "Query: sorting"},
                              Heading{"P-3.4.2.4", "Query: paging"},
                              Heading{"P-3.4.3", "Query: by POST"},
                              Heading{"P-3.5", "Change"},
                              Heading{"P-3.5.1", "Change: PUT"},
                              Heading{"P-3.5.2", "Change: PATCH"},
                              Heading{"P-3.6", "Delete"},
                              Heading{"P-3.7", "Bulk"},
                              Heading{"P-3.8", "Messages"},
                              Heading{"P-3.9", "Attributes asked for"},
                              Heading{"P-3.10", "Attributes asked for"},
                              Heading{"P-3.11", "/Me"},
                              Heading{"P-3.12", "Errors"},
                              Heading{"P-3.13", "Messages"},
                              Heading{"P-3.14", "Versions"},
                              Heading{"P-4", "Discovery"},
                              Heading{"P-5", "Messages"},
                              Heading{"P-7", "Access"},
                              Heading{"C", "Query: cursors"},
                              Heading{"S-2", "Attributes and their types"},
                              Heading{"S-3", "Resources"},
                              Heading{"S-4", "Users and groups"},
                              Heading{"S-5", "Discovery"},
                              Heading{"S-6", "Discovery"},
                              Heading{"S-7", "Discovery"},
                              Heading{"S-9", "Access"},
                              Heading{"X", "What clients send"}};

/// Of rules for clients, by what stands in front of their number.
constexpr std::array client_headings{
    Heading{"CG", "The product comes"}, Heading{"CG-T", "Throttling"}, Heading{"CG-L", "Lost answers"}, Heading{"CG-D", "Delta queries"},
    Heading{"CG-P", "Paging"}, Heading{"CG-Q", "Queries"}, Heading{"CG-B", "Batches"}, Heading{"CG-A", "Access"}, Heading{"CG-G", "Groups"},
    Heading{"CG-C", "No more than needed"}, Heading{"CO", "Signing in"}, Heading{"CO-R", "Requests"}, Heading{"CO-S", "State"},
    Heading{"CO-T", "Tokens"}, Heading{"CO-K", "Keys"}, Heading{"CO-E", "Errors"}, Heading{"CS", "The product comes"},
    Heading{"CS-M", "Matching"}, Heading{"CS-L", "Lost answers"}, Heading{"CS-T", "Throttling"}, Heading{"CS-P", "Changes"},
    Heading{"CS-H", "Headers"}, Heading{"CS-D", "Removing"}, Heading{"CS-N", "No more than needed"}, Heading{"CS-E", "Versions"}};

bool stands_in(std::string_view id, std::string_view section) {
  return id.starts_with(section) && id.size() > section.size() &&
         (id[section.size()] == '.' || id[section.size()] == '-');
}

}  // namespace

std::string area_of_clause(const Rule& rule) {
  if (rule.area == "clients") {
    const auto section = std::string_view(rule.id).substr(0, rule.id.rfind('-'));
    const auto found = std::ranges::find(client_headings, section, &Heading::section);
    return found == client_headings.end() ? rule.area : std::string(found->area);
  }
  if (rule.area != "scim") return rule.area;
  const Heading* closest = nullptr;
  for (const auto& heading : headings) {
    if (!stands_in(rule.id, heading.section)) continue;
    if (closest == nullptr || heading.section.size() > closest->section.size()) closest = &heading;
  }
  return closest != nullptr ? std::string(closest->area) : rule.area;
}

}  // namespace scenarios::probe
