// yaml-cpp is trusted with little: it stops at the byte 0x04 as if the text ended there, takes invalid UTF-8,
// and needs a second for 1 MiB of `[`. So the bytes are checked first, then a scan of our own finds nesting,
// anchors, aliases and tags and cuts the text there, and only what is left is handed to the library.
#include "scenarios/script/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "base/encoding.h"
#include "scenarios/script/nearest.h"

namespace scenarios {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}
bool is_blank(char c) {
  return is_one_of(c, " \t");
}
// A lone carriage return is refused with the bytes.
bool is_break(char c) {
  return is_one_of(c, "\r\n");
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string too_deep_message() {
  return fmt::format("nested more than {} levels deep here", deepest_nesting);
}

// ---- The bytes ----

/// Why the character at the front, `length` bytes if it is UTF-8, cannot stand in a script; empty if it can.
std::string wrong_with_character(std::string_view text, std::size_t length) {
  const auto c = static_cast<unsigned char>(text.front());
  if (!base::is_utf8(text.substr(0, length))) {
    return fmt::format("the byte 0x{:02X} here is not UTF-8; save the script as UTF-8", c);
  }
  if (text.starts_with(byte_order_mark)) return "a byte order mark stands here; remove it";
  if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n' || text.starts_with("\r\n")) return "";
  if (c == '\r') return "a carriage return stands here without a line feed; end lines with LF or CRLF";
  if (c == 0) return "a NUL byte stands here; a script is plain text";
  return fmt::format("the control character 0x{:02X} stands here; write \"\\x{:02x}\" in double quotes", c,
                     c);
}

std::optional<ScriptError> check_characters(std::string_view text) {
  for (Place place{1, 1}; !text.empty();) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (auto wrong = wrong_with_character(text, length); !wrong.empty()) {
      return ScriptError{place, std::move(wrong)};
    }
    place =
        lead == '\n' ? Place{place.line + 1, 1} : Place{place.line, place.column + static_cast<int>(length)};
    text.remove_prefix(length);
  }
  return std::nullopt;
}

// ---- The scan ahead ----

/// What must not reach the library, and how many bytes before it may.
struct Finding {
  ScriptError error;
  std::size_t allowed;
};

/// Walks the text token by token with the rules of yaml-cpp's scanner for where a text, a quotation or a
/// comment ends, but keeps only what tells the nesting: open brackets and indents. Text that the library
/// refuses it may read otherwise; the library gets no further. A pair in a list (`[a: b]`) is no level here,
/// so up to twice the levels pass: the tree's builder counts all.
class ScanAhead {
 public:
  explicit ScanAhead(std::string_view text) : text_(text) {}

  std::optional<Finding> run() {
    for (skip_to_token(); !at_end() && !finding_; skip_to_token()) {
      pop_indents_to_here();
      token_ = {at_, {line_, column() + 1}};
      take_token(peek());
      if (indents_.size() + brackets_.size() > deepest_nesting) find(too_deep_message(), token_);
    }
    if (!finding_ && in_brackets())
      find(fmt::format("this '{}' is never closed", text_[brackets_.back().at]), brackets_.back());
    return finding_;
  }

 private:
  struct Token {
    std::size_t at;
    Place place;
  };
  struct Indent {
    int column;
    bool list;
  };
  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool space_or_end(std::size_t ahead) const {
    return at_ + ahead >= text_.size() || is_blank(peek(ahead)) || is_break(peek(ahead));
  }
  bool in_brackets() const { return !brackets_.empty(); }
  int column() const { return static_cast<int>(at_ - line_start_); }
  int top_column() const { return indents_.empty() ? -1 : indents_.back().column; }
  bool at_entry() const { return peek() == '-' && space_or_end(1); }
  bool at_value() const {
    if (peek() != ':') return false;
    return space_or_end(1) || (in_brackets() && (after_quoted_ || is_one_of(peek(1), ",]}")));
  }
  bool at_document_mark() const {
    const auto mark = text_.substr(at_, 3);
    return column() == 0 && (mark == "---" || mark == "...") && space_or_end(3);
  }

  void advance(std::size_t count = 1) {
    for (; count > 0 && !at_end(); --count) {
      if (text_[at_++] == '\n') ++line_, line_start_ = at_;
    }
  }
  void skip_break() { advance(peek() == '\r' ? 2 : 1); }
  void skip_line() {
    while (!at_end() && !is_break(peek())) advance();
  }
  void skip_to_token() {
    while (is_blank(peek()) || is_break(peek()) || peek() == '#') peek() == '#' ? skip_line() : advance();
  }
  void find(std::string message, const Token& token) {
    // Of an open bracket the library would say what only holds for the shortened text.
    finding_ = {{token.place, std::move(message)}, in_brackets() ? brackets_.front().at : token.at};
  }

  void push_indent(int column, bool list) {
    if (in_brackets() || column < top_column()) return;
    // A list may begin in the column of the key it belongs to.
    if (column == top_column() && !(list && !indents_.back().list)) return;
    indents_.push_back({column, list});
  }
  void pop_indents_to_here() {
    const auto is_over = [this](Indent indent) {
      return indent.column > column() || (indent.column == column() && indent.list && !at_entry());
    };
    while (!in_brackets() && !indents_.empty() && is_over(indents_.back())) indents_.pop_back();
  }
  void note_possible_key() {
    if (!in_brackets() && (!key_ || key_->place.line != line_)) key_ = token_;
  }

  void take_token(char c) {
    if (at_document_mark() || (column() == 0 && c == '%')) {
      if (!in_brackets()) indents_.clear();
      c == '%' ? skip_line() : advance(3);
    } else if (is_one_of(c, "[]{},")) {
      take_flow_token(c);
    } else if (at_entry() || at_value() || (c == '?' && space_or_end(1))) {
      take_block_token(c);
    } else if (is_one_of(c, "&*!")) {
      const std::string_view what = c == '&' ? "anchors" : c == '*' ? "aliases" : "tags";
      find(fmt::format("{} ({}) are not allowed in a script; put text that begins so in quotes", what, c),
           token_);
    } else if (c == '"' || c == '\'') {
      skip_quotation(c);
    } else if (!in_brackets() && (c == '|' || c == '>')) {
      skip_block_text();
    } else {
      skip_plain();
    }
  }

  void take_flow_token(char c) {
    const bool closes = c == ']' || c == '}';
    if (c == '[' || c == '{') {
      note_possible_key();
      brackets_.push_back(token_);
    } else if (closes && in_brackets()) {
      brackets_.pop_back();
    }
    after_quoted_ = closes;
    advance();
  }

  /// `- `, `? ` or `: `.
  void take_block_token(char c) {
    const bool after_key = c == ':' && key_ && key_->place.line == line_ && at_ - key_->at <= 1024;
    push_indent(after_key ? key_->place.column - 1 : column(), c == '-');
    if (!in_brackets()) key_.reset();
    if (c != '?') after_quoted_ = false;
    advance();
  }

  void skip_quotation(char quote) {
    note_possible_key();
    advance();
    while (!at_end()) {
      const bool escape = quote == '"' ? peek() == '\\' : peek() == '\'' && peek(1) == '\'';
      if (!escape && peek() == quote) {
        advance();
        after_quoted_ = true;
        return;
      }
      advance(escape ? 2 : 1);
    }
    find("this quotation is never closed", token_);
  }

  /// At a colon before a space, a comment after one, or in brackets at what structures a list.
  bool plain_ends() const {
    const char c = peek();
    if (c == ':' && (space_or_end(1) || (in_brackets() && is_one_of(peek(1), ",]}")))) return true;
    if (in_brackets() && is_one_of(c, ",?[]{}")) return true;
    return at_document_mark() || ((is_blank(c) || is_break(c)) && peek(c == '\r' ? 2 : 1) == '#');
  }

  void skip_plain() {
    const int indent = in_brackets() ? 0 : top_column() + 1;  // of the lines that go on with it
    note_possible_key();
    advance();
    while (!at_end() && !plain_ends()) {
      if (!is_break(peek())) {
        advance();
        continue;
      }
      skip_break();
      while (is_blank(peek()) && !plain_ends()) advance();
      if (!is_break(peek()) && column() < indent) break;
    }
    after_quoted_ = false;
  }

  void skip_block_text() {
    advance();
    const char digit = is_one_of(peek(), "+-") ? peek(1) : peek();
    const bool detect = !is_digit(digit);  // else the digit says how far the text is indented
    int indent = std::max(top_column(), 0) + (detect ? 1 : digit - '0');
    for (bool found = false; !at_end();) {
      skip_line();
      skip_break();
      while (peek() == ' ' && (column() < indent || (detect && !found))) advance();
      if (detect && !found) indent = std::max(indent, column());
      found = found || !is_break(peek());
      if (!is_break(peek()) && column() < indent) break;
    }
    after_quoted_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  Token token_{};                // the one at hand
  std::optional<Token> key_;     // what a colon on the same line makes a key, outside brackets
  std::vector<Token> brackets_;  // the open ones
  std::vector<Indent> indents_;  // of the open lists and maps without brackets
  bool after_quoted_ = false;    // in brackets the next colon needs no space
  std::optional<Finding> finding_;
};

// ---- The tree ----

/// Thrown through the library to leave it; caught in `read_tree`.
struct Refusal {
  ScriptError error;
};

Place place_of(const YAML::Mark& mark) {
  return mark.is_null() ? Place{1, 1} : Place{mark.line + 1, mark.column + 1};
}

/// At the end of the text the library counts on.
std::size_t offset_of(const YAML::Mark& mark, std::string_view text) {
  return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text.size());
}

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) { root_.place = {1, 1}; }

  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!begun_) {
      begun_ = true;
    } else if (text_.substr(offset_of(mark, text_)).starts_with("---")) {
      refuse(mark, "a second document begins here; a script is one document");
    } else {
      // The library takes whatever does not go on with the first document for another one.
      refuse(mark, "this is not part of the document above it; check the indentation, brackets and quotes");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check_properties(mark, "", anchor);
    if (expects_key()) refuse(mark, "a key is missing here; put '~' or 'null' in quotes if it is one");
    // The library lets the last key of a block go without its colon and puts the value where the key stands.
    if (!levels_.empty() && levels_.back().key && levels_.back().key_at == mark.pos) {
      refuse(mark, fmt::format("the key '{}' has no ':' after it", shown_word(levels_.back().key->scalar)));
    }
    YamlNode node;
    node.place = place_of_null(mark);
    accept(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases are not allowed in a script");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_properties(mark, tag, anchor);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.scalar = value;
    node.quoted = tag == "!";
    node.place = place_of(mark);
    if (expects_key()) {
      take_key(std::move(node), mark);
    } else {
      check_indentation(mark);
      accept(std::move(node));
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    check_properties(mark, tag, anchor);
    open(YamlNode::Kind::sequence, mark, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    check_properties(mark, tag, anchor);
    open(YamlNode::Kind::map, mark, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    YamlNode node;
    bool in_brackets;
    std::optional<YamlNode> key;  // of a map: waits for its value
    int key_at = 0;
    std::map<std::string, int> lines_of_keys;
  };

  [[noreturn]] static void refuse(const YAML::Mark& mark, std::string message) {
    throw Refusal{{place_of(mark), std::move(message)}};
  }
  // The scan ahead has found these; this holds should it ever read a text otherwise than the library does.
  static void check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const bool own_tag = tag.empty() || tag == "?" || tag == "!";  // what the library gives untagged values
    if (anchor != 0 || !own_tag) refuse(mark, "anchors and tags are not allowed in a script");
  }
  bool expects_key() const {
    return !levels_.empty() && levels_.back().node.kind == YamlNode::Kind::map && !levels_.back().key;
  }

  /// The library takes a line without a colon in the column of the keys for the value of the key above it.
  void check_indentation(const YAML::Mark& mark) const {
    if (levels_.empty() || levels_.back().in_brackets || !levels_.back().key) return;
    if (mark.column < levels_.back().node.place.column) {
      refuse(mark, fmt::format("this is neither a key with a ':' nor indented below '{}'",
                               shown_word(levels_.back().key->scalar)));
    }
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::EmitterStyle::value style) {
    if (expects_key()) refuse(mark, "a key is a single word or text, not a list or map");
    if (levels_.size() == deepest_nesting) refuse(mark, too_deep_message());
    if (style == YAML::EmitterStyle::Flow) check_indentation(mark);
    Level level;
    level.node.kind = kind;
    level.node.place = place_of(mark);
    level.in_brackets = style == YAML::EmitterStyle::Flow;
    levels_.push_back(std::move(level));
  }
  void close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    accept(std::move(node));
  }
  void accept(YamlNode node) {
    if (levels_.empty()) {
      root_ = std::move(node);
    } else if (auto& level = levels_.back(); level.key) {
      level.node.members.emplace_back(std::move(*level.key), std::move(node));
      level.key.reset();
    } else {
      level.node.items.push_back(std::move(node));
    }
  }
  void take_key(YamlNode key, const YAML::Mark& mark) {
    auto& level = levels_.back();
    const auto [first, is_new] = level.lines_of_keys.emplace(key.scalar, key.place.line);
    if (!is_new) {
      refuse(mark, fmt::format("the key '{}' stands twice in this map; the first is on line {}",
                               shown_word(key.scalar), first->second));
    }
    level.key = std::move(key);
    level.key_at = mark.pos;
  }

  /// The library gives a missing value the place of whatever comes next. One that is written stands to the
  /// right of its list or map; in brackets the text tells.
  Place place_of_null(const YAML::Mark& mark) const {
    const Place place = place_of(mark);
    if (levels_.empty()) return place;
    const auto& level = levels_.back();
    const std::size_t at = offset_of(mark, text_);
    const bool written = level.in_brackets ? at < text_.size() && is_one_of(text_[at], "~nN")
                                           : place.column > level.node.place.column;
    if (written) return place;
    if (level.key) return level.key->place;
    return level.in_brackets ? place : last_dash(at, place);
  }
  /// Between the dash of an empty entry and the next token stand only spaces, line ends and comments.
  Place last_dash(std::size_t end, Place next) const {
    for (int line = next.line; line > 0; --line) {
      const std::size_t start = text_.substr(0, end).rfind('\n') + 1;  // npos + 1 is 0
      const auto line_text = text_.substr(start, end - start);
      const auto dash = line_text.substr(0, line_text.find('#')).rfind('-');
      if (dash != std::string_view::npos) return {line, static_cast<int>(dash) + 1};
      if (start == 0) break;
      end = start - 1;
    }
    return next;
  }

  std::string_view text_;
  bool begun_ = false;
  YamlNode root_;
  std::vector<Level> levels_;
};

// ---- The library's refusals ----

const std::pair<std::string_view, std::string_view> explanations[] = {
    {YAML::ErrorMsg::END_OF_MAP,
     "this does not fit the map it is in; mind the indentation and the ': ' after keys"},
    {YAML::ErrorMsg::END_OF_SEQ,
     "this does not fit the list it is in; mind the indentation and the '- ' of entries"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "a ',' or the closing '}' is missing before this"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a ',' or the closing ']' is missing before this"},
    {YAML::ErrorMsg::FLOW_END, "this bracket does not close the one that is open"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "a list entry ('- ') begins on its own line, outside brackets"},
    {YAML::ErrorMsg::MAP_VALUE, "a ':' cannot stand here; put text that contains ': ' in quotes"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "this line is indented with a tab; use spaces"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "a value cannot begin with this character; put it in quotes"},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "a line of '---' or '...' cannot stand in a quotation"},
    {YAML::ErrorMsg::CHAR_IN_BLOCK, "the text of a '|' or '>' begins on the next line"},
};

Place end_of(std::string_view text) {
  const std::size_t column = text.size() - text.rfind('\n');  // npos is -1: the first line begins behind it
  return {static_cast<int>(std::ranges::count(text, '\n')) + 1, static_cast<int>(column)};
}

ScriptError explain(const YAML::Exception& refusal, std::string_view text) {
  const Place place = place_of(refusal.mark);
  const auto before = text.substr(0, offset_of(refusal.mark, text));
  const auto line = text.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  if (line.substr(0, line.find_first_not_of(" \t")).contains('\t')) {
    return {place, "this line is indented with a tab; use spaces"};
  }
  const std::string_view message = refusal.msg;
  for (const auto& [library, ours] : explanations) {
    if (message == library) return {place, std::string(ours)};
  }
  for (const std::string_view escape :
       {YAML::ErrorMsg::INVALID_ESCAPE, YAML::ErrorMsg::INVALID_HEX, YAML::ErrorMsg::INVALID_UNICODE}) {
    if (!message.starts_with(escape)) continue;
    // The library stops behind the escape, or lines below it where digits are missing.
    const auto up_to_escape = before.substr(0, before.rfind('\\'));
    return {end_of(up_to_escape),
            R"(no complete escape that double quotes know; write \\ for a backslash, or use single quotes)"};
  }
  return {place, fmt::format("not YAML: {}", message)};
}

std::expected<YamlNode, ScriptError> read_tree(std::string_view text) {
  TreeBuilder builder(text);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    return std::unexpected(refusal.error);
  } catch (const YAML::Exception& refusal) {
    return std::unexpected(explain(refusal, text));
  }
  return builder.take();
}

}  // namespace

YamlNode::YamlNode() = default;

const YamlNode* YamlNode::member(std::string_view key) const {
  const auto found = std::ranges::find(members, key, [](const auto& entry) -> std::string_view { return entry.first.scalar; });
  return found == members.end() ? nullptr : &found->second;
}

std::string YamlNode::text(std::string_view key) const {
  const auto* value = member(key);
  return value == nullptr ? std::string{} : value->scalar;
}

std::expected<YamlNode, ScriptError> read_yaml(std::string_view text) {
  if (text.size() > largest_script) {
    return std::unexpected(ScriptError{
        {1, 1},
        fmt::format("the script is {} bytes long; at most {} are read", text.size(), largest_script)});
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (auto wrong = check_characters(text)) return std::unexpected(*std::move(wrong));
  const auto finding = ScanAhead(text).run();
  auto tree = read_tree(text.substr(0, finding ? finding->allowed : text.size()));
  // Of two things wrong the one further up is to be mended first.
  if (!finding || (!tree && tree.error().place.line < finding->error.place.line)) return tree;
  return std::unexpected(finding->error);
}

}  // namespace scenarios
