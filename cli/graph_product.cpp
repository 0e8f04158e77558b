// The product of the end-to-end test of `conform graph-client --run`.
#include "cli/graph_product_fixture.h"

int main(int count, char** words) {
  const bool hasty = count > 1 && std::string_view(words[1]) == "hasty";
  return cli::GraphProduct(hasty).perform();
}
