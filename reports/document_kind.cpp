#include "reports/document_kind.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace reports {
namespace {

using Json = nlohmann::json;
using Beginning = std::pair<std::string_view, std::string_view>;

constexpr std::array by_beginning{Beginning{"<!DOCTYPE html", "an HTML page"},
                                  Beginning{"<!doctype html", "an HTML page"},
                                  Beginning{"<html", "an HTML page"},
                                  Beginning{"<?xml", "an XML file, such as junit.xml"},
                                  Beginning{"<testsuites", "an XML file, such as junit.xml"},
                                  Beginning{"## ", "a report in Markdown"},
                                  Beginning{"\"verdict\",", "a table of findings, as CSV"},
                                  Beginning{"lockstep_config:", "a configuration"},
                                  Beginning{"lockstep:", "a script"}};

std::string_view kind_of_json(const Json& json) {
  if (json.contains("report")) return "";
  if (json.contains("runs") && json.contains("schema_version"))
    return "the report of scripts that were played with 'run'";
  if (json.contains("runs") && json.contains("version")) return "a report in SARIF";
  if (json.contains("context") && json.contains("benchmarks")) return "what './lockstep bench' writes";
  if (json.contains("log")) return "a transcript, as HAR";
  if (json.contains("$schema")) return "a JSON Schema";
  return "";
}

/// From the first line that is no comment of YAML on.
std::string_view without_comments(std::string_view text) {
  while (text.starts_with('#') && !text.starts_with("##")) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return text;
}

/// A line a run, or a line an exchange or note.
std::string_view kind_of_line(const Json& json) {
  if (json.contains("script") && json.contains("fingerprint")) return "what 'run --format json' prints";
  if (json.contains("run") && json.contains("kind")) return "a trace of 'run'";
  return "";
}

}  // namespace

std::string_view document_kind(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "an empty file";
  text.remove_prefix(begin);
  for (const auto& [beginning, kind] : by_beginning) {
    if (without_comments(text).starts_with(beginning)) return kind;
  }
  const auto whole = Json::parse(text, nullptr, false);
  if (whole.is_object()) {
    const auto kind = kind_of_json(whole);
    return kind.empty() ? kind_of_line(whole) : kind;
  }
  const auto line = Json::parse(text.substr(0, text.find('\n')), nullptr, false);
  return line.is_object() ? kind_of_line(line) : "";
}

}  // namespace reports
