#include <benchmark/benchmark.h>

#include "base/allocator.h"

int main(int argc, char** argv) {
  base::settle_allocator();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
