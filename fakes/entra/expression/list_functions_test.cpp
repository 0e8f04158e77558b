// Attributes with several values.
#include <gtest/gtest.h>

#include "fakes/entra/expression/expression_fixture.h"

namespace fakes::entra::expression {
namespace list_functions_test {

const Attributes addresses{{"proxyAddresses", Texts{"SMTP:a@x", "smtp:b@x", "smtp:b@x", "SMTP:B@x"}}};

// [Entra provisioning-clients 2.19-08]
TEST(Count, counts_values) {
  expect({
      {"Count([proxyAddresses])", "4", addresses},
      {"Count([mail])", "1", {{"mail", "m"}}},
      {"Count([nothing])", "0"},
  });
}

// [Entra provisioning-clients 2.19-08]
TEST(Item, counts_from_one) {
  expect({
      {"Item([proxyAddresses], 1)", R"("SMTP:a@x")", addresses},
      {"Item([proxyAddresses], 4)", R"("SMTP:B@x")", addresses},
      {"Item([proxyAddresses], 0)", "out_of_range", addresses},
      {"Item([proxyAddresses], 5)", "out_of_range", addresses},
      {"Item([nothing], 1)", "out_of_range"},
      {R"(Item(Split("a,b", ","), 2))", R"("b")"},
      {"Item([proxyAddresses], [nothing])", "missing_value", addresses},
  });
}

// [Entra provisioning-clients 2.19-08]
TEST(RemoveDuplicates, keeps_the_first_of_equal_values) {
  expect({
      {"RemoveDuplicates([proxyAddresses])", R"(["SMTP:a@x", "smtp:b@x", "SMTP:B@x"])", addresses},
      {"RemoveDuplicates([mail])", R"("m")", {{"mail", "m"}}},
      {"RemoveDuplicates([nothing])", "null"},
  });
}

// [Entra provisioning-clients 2.19-16]
TEST(Join, puts_the_separator_between_values) {
  const Attributes john{{"givenName", "John"}, {"surname", "Doe"}};
  expect({
      {R"(Join(" ", [givenName], [surname]))", R"("John Doe")", john},  // [Entra provisioning-clients 2.18-13]
      {R"(Join(", ", "", [surname], [givenName]))", R"("Doe, John")", john},
      {R"(Join(" ", [givenName], [middleName], [surname]))", R"("John Doe")", john},
      {R"(Join("", [givenName], 1000))", R"("John1000")", john},
      {R"(Join([nothing], [givenName], [surname]))", R"("JohnDoe")", john},
      {R"(Join(";", "first", [proxyAddresses]))", R"("first;SMTP:a@x;smtp:b@x;smtp:b@x;SMTP:B@x")", addresses},
      {R"(Join(" ", [a], [b]))", R"("")"},
  });
}

// [Entra provisioning-clients 2.19-24]
TEST(Split, makes_several_values_of_a_text) {
  expect({
      {R"(Split([extensionAttribute5], ","))", R"(["PermissionSetOne", "PermissionSetTwo"])",
       {{"extensionAttribute5", "PermissionSetOne, PermissionSetTwo"}}},
      {R"(Split("one", ","))", R"(["one"])"},
      {R"(Split("a,,b,", ","))", R"(["a", "b"])"},
      {R"(Split("", ","))", "[]"},
      {R"(Split("a b", " "))", R"(["a", "b"])"},
      {R"(Split("a", ""))", "bad_argument"},
      {R"(Split("a, b", ", "))", "bad_argument"},
      {R"(Split("a·b", "·"))", R"(["a", "b"])"},
      {R"(Split([nothing], ","))", "null"},
      {R"(Join("-", Split("c,b,a", ",")))", R"("c-b-a")"},
  });
}

}  // namespace list_functions_test
}  // namespace fakes::entra::expression
