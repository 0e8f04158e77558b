#include "scenarios/script/yaml_tree.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace scenarios {
namespace yaml_tree_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Kind = YamlNode::Kind;

/// A node on one line: `text` in single quotes if it was quoted, `~` for null, `[...]` and `{...}`.
std::string to_text(const YamlNode& node) {
  std::string out;
  if (node.kind == Kind::null) return "~";
  if (node.kind == Kind::scalar) return node.quoted ? fmt::format("'{}'", node.scalar) : node.scalar;
  for (const auto& item : node.items) out += (out.empty() ? "" : ", ") + to_text(item);
  for (const auto& [key, value] : node.members) {
    out += (out.empty() ? "" : ", ") + to_text(key) + ": " + to_text(value);
  }
  return node.kind == Kind::sequence ? '[' + out + ']' : '{' + out + '}';
}

std::string read(std::string_view text) {
  const auto tree = read_yaml(text);
  if (tree) return to_text(*tree);
  return fmt::format("{}:{}: {}", tree.error().place.line, tree.error().place.column, tree.error().message);
}

YamlNode tree_of(std::string_view text) {
  auto tree = read_yaml(text);
  EXPECT_TRUE(tree) << (tree ? "" : tree.error().message);
  return tree.value_or(YamlNode{});
}

std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  text.resize(bytes);
  return text;
}

int depth_of(const YamlNode& node) {
  int deepest = 0;
  for (const auto& item : node.items) deepest = std::max(deepest, depth_of(item));
  for (const auto& [key, value] : node.members) deepest = std::max(deepest, depth_of(value));
  return deepest + (node.kind == Kind::sequence || node.kind == Kind::map ? 1 : 0);
}

// ---- What is read ----

TEST(YamlTree, ReadsMapsListsAndText) {
  EXPECT_EQ(
      read("name: takeover\nsteps:\n  - at: 5m\n    do: suspend\n  - wait\nflow: {a: [1, 2], b: c d}\n"),
      "{name: takeover, steps: [{at: 5m, do: suspend}, wait], flow: {a: [1, 2], b: c d}}");
  EXPECT_EQ(read("a:\n- 1\n- 2\n"), "{a: [1, 2]}");
  EXPECT_EQ(read("- - 1\n  - 2\n- ? k\n  : v\n"), "[[1, 2], {k: v}]");
  EXPECT_EQ(read("[a: 1, b]"), "[{a: 1}, b]");
  EXPECT_EQ(read("just text\n"), "just text");
}

TEST(YamlTree, AnEmptyDocumentIsNull) {
  for (const auto* text :
       {"", "\n", "# nothing\n", "---\n", "---\n...\n", "  \n\n", "%YAML 1.2\n---\n", "\xEF\xBB\xBF"}) {
    EXPECT_EQ(read(text), "~") << text;
  }
}

TEST(YamlTree, OnlyUnquotedEmptyTildeAndNullAreNull) {
  EXPECT_EQ(read("[~, null, Null, NULL, nULL, '', \"~\", 'null']"), "[~, ~, ~, ~, nULL, '', '~', 'null']");
  EXPECT_EQ(read("a:\nb: ~\nc: {d: , e}\nf:\n  -\n  - x\n"), "{a: ~, b: ~, c: {d: ~, e: ~}, f: [~, x]}");
}

TEST(YamlTree, QuotedTextStaysQuoted) {
  EXPECT_EQ(read("[true, \"true\", '5', 5, \"~\"]"), "[true, 'true', '5', 5, '~']");
  EXPECT_EQ(read("'at': 1"), "{'at': 1}");
  EXPECT_EQ(read("a: |\n  5\nb: >-\n  x\n  y\n"), "{a: '5\n', b: 'x y'}");
  EXPECT_EQ(read(R"(["\x41\u00e9\n", 'it''s'])"), "['A\xC3\xA9\n', 'it's']");
}

TEST(YamlTree, BracketsInTextAreText) {
  const std::string many(200, '[');
  EXPECT_EQ(read("a: x" + many), "{a: x" + many + "}");
  EXPECT_EQ(read("a: '" + many + "'\nb: 1"), "{a: '" + many + "', b: 1}");
  EXPECT_EQ(read("a: x # " + many + "\n# " + many + "\nb: 1"), "{a: x, b: 1}");
  EXPECT_EQ(read("a: |\n  " + many + "\n\n   \"'\nb: 1"), "{a: '" + many + "\n\n \"'\n', b: 1}");
  EXPECT_EQ(read("a: one\n  '" + many + "\n  & *two !\nb: 1"), "{a: one '" + many + " & *two !, b: 1}");
}

TEST(YamlTree, LineEndsAndMarks) {
  EXPECT_EQ(read("a:\r\n  - b\r\n  - 'c\r\n    d'\r\n"), "{a: [b, 'c d']}");
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: b\n"),
            "{a: b}");
  EXPECT_EQ(tree_of("\xEF\xBB\xBF"
                    "a: b\n")
                .members[0]
                .first.place,
            (Place{1, 1}));
  EXPECT_EQ(read("a: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), "{a: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80}");
}

TEST(YamlTree, KeepsPlaces) {
  const auto tree = tree_of("# head\na: 1\nb:\n  - x\n  -   {k: \"v\"}\n");
  EXPECT_EQ(tree.place, (Place{2, 1}));
  EXPECT_EQ(tree.members[0].second.place, (Place{2, 4}));
  EXPECT_EQ(tree.members[1].first.place, (Place{3, 1}));
  const auto& list = tree.members[1].second;
  EXPECT_EQ(list.place, (Place{4, 3}));
  EXPECT_EQ(list.items[0].place, (Place{4, 5}));
  EXPECT_EQ(list.items[1].place, (Place{5, 7}));
  EXPECT_EQ(list.items[1].members[0].second.place, (Place{5, 11}));
}

TEST(YamlTree, AnEmptyValueHasThePlaceOfItsKeyOrDash) {
  const auto map = tree_of("a:\n\n# c\nb: {c: , d}\ne:  ~\nf:\n  null\ng: ");
  EXPECT_EQ(map.members[0].second.place, (Place{1, 1}));
  EXPECT_EQ(map.members[1].second.members[0].second.place, (Place{4, 5}));
  EXPECT_EQ(map.members[1].second.members[1].second.place, (Place{4, 10}));
  EXPECT_EQ(map.members[2].second.place, (Place{5, 5}));
  EXPECT_EQ(map.members[3].second.place, (Place{7, 3}));
  EXPECT_EQ(map.members[4].second.place, (Place{8, 1}));
  const auto list = tree_of("-\n- ~\n- # - c\n\n # - d\n- x\n- -");
  EXPECT_EQ(list.items[0].place, (Place{1, 1}));
  EXPECT_EQ(list.items[1].place, (Place{2, 3}));
  EXPECT_EQ(list.items[2].place, (Place{3, 1}));
  EXPECT_EQ(list.items[4].items[0].place, (Place{7, 3}));
}

// ---- What is refused ----

TEST(YamlTree, RefusesDuplicateKeys) {
  EXPECT_EQ(read("x:\n  y: 1\n\nat: 5m\nuser: a\n'at': 6m\n"),
            "6:1: the key 'at' stands twice in this map; the first is on line 4");
  EXPECT_EQ(read("[{a: 1, b: 2, a: 3}]"),
            "1:15: the key 'a' stands twice in this map; the first is on line 1");
  EXPECT_EQ(read("a: {b: 1}\nc: {b: 1}\nb: 1"), "{a: {b: 1}, c: {b: 1}, b: 1}");
}

TEST(YamlTree, RefusesAnchorsAliasesAndTags) {
  EXPECT_THAT(read("a: 1\nb: &x 1\n"), StartsWith("2:4: anchors (&) are not allowed in a script"));
  EXPECT_THAT(read("&x a: 1\n"), StartsWith("1:1: anchors (&)"));
  EXPECT_THAT(read("a: *\n"), StartsWith("1:4: aliases (*) are not allowed in a script"));
  EXPECT_THAT(read("a: 1\n<<: [*x]\n"), StartsWith("2:6: aliases (*)"));
  for (const auto* tag :
       {"!!str 5", "!mine 5", "! 5", "!<tag:yaml.org,2002:str> 5", "!!map {}", "!!null", "!"}) {
    EXPECT_THAT(read(fmt::format("a:\n  - {}\n", tag)),
                StartsWith("2:5: tags (!) are not allowed in a script"));
  }
  EXPECT_EQ(read("a: b & c * d ! e"), "{a: b & c * d ! e}");
}

TEST(YamlTree, RefusesASecondDocument) {
  EXPECT_EQ(read("a: 1\n---\nb: 2\n"), "2:1: a second document begins here; a script is one document");
  EXPECT_EQ(read("a: 1\n---\n"), "2:1: a second document begins here; a script is one document");
  EXPECT_EQ(read("a: 1\n...\n---\n"), "3:1: a second document begins here; a script is one document");
  EXPECT_EQ(read("---\na: 1\n...\n"), "{a: 1}");
  EXPECT_THAT(read("- a\nb: c\n"), StartsWith("2:1: this is not part of the document above it"));
  EXPECT_THAT(read("'a' b\n"), StartsWith("1:5: this is not part of the document above it"));
}

TEST(YamlTree, RefusesKeysThatAreNotText) {
  EXPECT_THAT(read("? [a]\n: b\n"), StartsWith("1:3: a key is a single word or text"));
  EXPECT_THAT(read("{{a: b}: c}"), StartsWith("1:2: a key is a single word or text"));
  for (const auto* text : {": a", "~: a", "null: a", "{, a: b}"})
    EXPECT_THAT(read(text), HasSubstr("a key is missing"));
  EXPECT_EQ(read("'null': a"), "{'null': a}");
}

TEST(YamlTree, RefusesWhatTheLibraryLetsPass) {
  EXPECT_EQ(read("a: b\nc\n"), "2:1: the key 'c' has no ':' after it");
  EXPECT_EQ(read("a: 1\nb:\nc\n"), "3:1: the key 'c' has no ':' after it");
  EXPECT_EQ(read("a: 1\nb:\nc\n# end\n"), "3:1: this is neither a key with a ':' nor indented below 'b'");
  EXPECT_EQ(read("a: 1\nb: \"open\nc: 2\n"), "2:4: this quotation is never closed");
  EXPECT_EQ(read("a: 'it''s\n"), "1:4: this quotation is never closed");
}

TEST(YamlTree, ExplainsWhatTheLibraryRefuses) {
  EXPECT_EQ(read("a: [b, c\nd: {e}\n"), "1:4: this '[' is never closed");
  EXPECT_EQ(read("a: [b}\n"), "1:6: this bracket does not close the one that is open");
  EXPECT_EQ(read("a:\n\tb: 1\n"), "2:3: this line is indented with a tab; use spaces");
  EXPECT_EQ(read("a: b: c\n"), "1:5: a ':' cannot stand here; put text that contains ': ' in quotes");
  EXPECT_EQ(read("a: @b\n"), "1:4: a value cannot begin with this character; put it in quotes");
  EXPECT_THAT(read("a:\n    b: 1\n  c: 2\n"), StartsWith("3:3: this does not fit the map it is in"));
  EXPECT_THAT(read("a:\n  - b\n   - c: 1\n d\n"), HasSubstr("cannot stand here"));
  EXPECT_THAT(read("a: \"C:\\Users\"\nb: 1\n"), StartsWith("1:7: no complete escape"));
  EXPECT_THAT(read("a: \"\\\xC3\xA9\"\n"), StartsWith("1:5: no complete escape"));
}

TEST(YamlTree, TheErrorFurtherUpComesFirst) {
  EXPECT_THAT(read("a: @b\nc: &d e\n"), StartsWith("1:4: a value cannot begin"));
  EXPECT_THAT(read("a: 1\na: 2\nb: [\n"), StartsWith("2:1: the key 'a' stands twice"));
  EXPECT_THAT(read("[\n  a,\n  &x b\n]\n"), StartsWith("3:3: anchors (&)"));
}

TEST(YamlTree, RefusesBytesThatAreNoText) {
  EXPECT_EQ(read("a: 1\nb: x\xFFy\n"), "2:5: the byte 0xFF here is not UTF-8; save the script as UTF-8");
  EXPECT_THAT(read("\xC3\xA9\xC3"), StartsWith("1:3: the byte 0xC3"));
  EXPECT_THAT(read("a\n\xED\xA0\x80"), StartsWith("2:1: the byte 0xED"));
  EXPECT_EQ(read(std::string_view("a: \0b", 5)), "1:4: a NUL byte stands here; a script is plain text");
  // The library takes this byte for the end of the text.
  EXPECT_EQ(read("a: 1\n\x04"),
            "2:1: the control character 0x04 stands here; write \"\\x04\" in double quotes");
  EXPECT_THAT(read("a: 1\rb: 2"), StartsWith("1:5: a carriage return stands here without a line feed"));
  EXPECT_THAT(read("a: \xEF\xBB\xBF"), StartsWith("1:4: a byte order mark"));
  EXPECT_EQ(read(R"(a: "\0\x04")"), std::string("{a: '\0\x04'}", 9));
}

TEST(YamlTree, RefusesATextThatIsTooLong) {
  const std::string comment = '#' + std::string(largest_script - 1, 'x');
  EXPECT_EQ(read(comment), "~");
  EXPECT_EQ(read(comment + "x"), "1:1: the script is 1048577 bytes long; at most 1048576 are read");
}

// ---- Nesting and hostile texts ----

TEST(YamlTree, ReadsTheDeepestNestingAndNotOneMore) {
  const auto brackets = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const auto dashes = [](int depth) { return repeated("- ", 2 * depth) + "x"; };
  const auto indented = [](int depth) {
    std::string text;
    for (int level = 0; level < depth; ++level) text += std::string(level, ' ') + "a:\n";
    return text;
  };
  const auto pairs = [](int depth) { return repeated("[a: ", 2 * depth) + std::string(depth / 2, ']'); };
  EXPECT_EQ(depth_of(tree_of(brackets(deepest_nesting))), deepest_nesting);
  EXPECT_EQ(depth_of(tree_of(dashes(deepest_nesting))), deepest_nesting);
  EXPECT_EQ(depth_of(tree_of(indented(deepest_nesting))), deepest_nesting);
  EXPECT_EQ(depth_of(tree_of(pairs(deepest_nesting))), deepest_nesting);
  EXPECT_EQ(read(brackets(deepest_nesting + 1)), "1:65: nested more than 64 levels deep here");
  EXPECT_EQ(read(dashes(deepest_nesting + 1)), "1:129: nested more than 64 levels deep here");
  EXPECT_EQ(read(indented(deepest_nesting + 1)), "65:66: nested more than 64 levels deep here");
  EXPECT_EQ(read(pairs(deepest_nesting + 2)), "1:129: nested more than 64 levels deep here");
}

// What each of these takes is to be seen in the test's own time: a few tenths of a second at most.
TEST(YamlTree, AnswersHostileTextsSoon) {
  EXPECT_THAT(read(repeated("[", 10 * largest_script)), HasSubstr("bytes long"));
  for (const auto* unit :
       {"[", "{", "- ", "? ", "? - ", "[{", "{a: ", "[a: ", "[\n", "- [", "\"a\": [", "[\"a\":"}) {
    EXPECT_THAT(read(repeated(unit, largest_script)), HasSubstr("nested more than 64 levels deep")) << unit;
  }
  EXPECT_THAT(read(repeated("a:\n a:\n", largest_script)), StartsWith("3:1: the key 'a' stands twice"));
  EXPECT_THAT(read(repeated("---\n", largest_script)), HasSubstr("a second document"));
  EXPECT_THAT(read('"' + repeated("\\\"", largest_script - 2)), HasSubstr("never closed"));
  EXPECT_THAT(read(repeated("'", largest_script - 1)), HasSubstr("never closed"));
  EXPECT_THAT(read(repeated("\"[", largest_script)), HasSubstr("1:"));
  EXPECT_EQ(read(repeated("\t", largest_script)), "~");
  EXPECT_EQ(read(repeated("\r\n", largest_script)), "~");
  EXPECT_EQ(tree_of(repeated("-\n", largest_script)).items.size(), largest_script / 2);
  EXPECT_EQ(tree_of('[' + repeated(",", largest_script - 2) + ']').items.size(), largest_script - 2);
  EXPECT_EQ(tree_of("a: |\n" + repeated(" [\n", largest_script - 8)).members.size(), 1U);
}

TEST(YamlTree, AMapOfManyKeysIsNotSlow) {
  std::string text;
  for (int key = 0; text.size() + 16 < largest_script; ++key) text += fmt::format("k{}:\n", key);
  EXPECT_GT(tree_of(text).members.size(), 100'000U);
}

/// Finishing without an abort is most of the property; the answer is a bounded tree or a place in the text.
void check_answer(const std::string& text) {
  const auto tree = read_yaml(text);
  if (tree) {
    RC_ASSERT(depth_of(*tree) <= deepest_nesting);
  } else {
    const auto lines = std::ranges::count(text, '\n') + 1;
    RC_ASSERT(!tree.error().message.empty());
    RC_ASSERT((tree.error().place.line >= 1 && tree.error().place.line <= lines));
    RC_ASSERT(tree.error().place.column >= 1);
  }
}

RC_GTEST_PROP(YamlTreeProperties, AnyBytesGetAnAnswer, (const std::string& bytes)) {
  check_answer(bytes);
}

RC_GTEST_PROP(YamlTreeProperties, AnyTokensGetAnAnswer, ()) {
  const auto tokens =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
          "[",   "]",  "{",   "}",     ",",   ": ",   ":",    "- ",  "? ",   "a",   "b",       "\"",
          "'",   "''", "\\",  " #",    "\n",  "\n  ", "\r\n", "\t",  " ",    "|\n", ">\n  ",   "|2-",
          "&x ", "*x", "!t ", "---\n", "...", "%a\n", "a:\n", "a: ", "\n- ", "~",   "\xC3\xA9"}));
  std::string text;
  for (const auto& token : tokens) text += token;
  check_answer(text);
}

RC_GTEST_PROP(YamlTreeProperties, AnyTextSurvivesDoubleQuotes, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  std::string quoted;
  for (const char c : text) quoted += fmt::format("\\x{:02x}", c);
  const auto tree = read_yaml("a: \"" + quoted + "\"");
  RC_ASSERT((tree && tree->members[0].second.scalar == text && tree->members[0].second.quoted));
}

}  // namespace yaml_tree_test
}  // namespace scenarios
