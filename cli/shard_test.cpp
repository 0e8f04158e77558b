// Which part a machine plays, from what it is told and what job arrays say.
#include "cli/shard.h"

#include <gtest/gtest.h>

#include <map>

namespace cli {
namespace shard_test {

using Environment = std::map<std::string, std::string>;

std::expected<Shard, std::string> shard_in(const std::string& text, const Environment& environment) {
  return read_shard(text, [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

Shard read(const std::string& text, const Environment& environment = {}) {
  const auto shard = shard_in(text, environment);
  EXPECT_TRUE(shard.has_value()) << shard.error();
  return shard.value_or(Shard{0, 0});
}

std::string error(const std::string& text, const Environment& environment = {}) {
  const auto shard = shard_in(text, environment);
  return shard ? "" : shard.error();
}

TEST(Shard, is_what_it_is_told) {
  EXPECT_EQ(read("2/3"), (Shard{2, 3}));
  // Whatever a job array says.
  EXPECT_EQ(read("1/1", {{"CI_NODE_INDEX", "4"}, {"CI_NODE_TOTAL", "5"}}), (Shard{1, 1}));
  for (const auto* text : {"", "2", "/3", "2/", "a/b", "2/3/4", "-1/3", "2/3 ", "automatic", "auto/", "auto/x"}) {
    EXPECT_EQ(error(text), "'" + std::string(text) + "' is no part; write the second of three as 2/3, or auto in a job array");
  }
  EXPECT_EQ(error("0/3"), "there is no part 0 of 3");
  EXPECT_EQ(error("4/3"), "there is no part 4 of 3");
}

TEST(Shard, is_the_task_of_a_slurm_array) {
  // [Slurm job_array] sbatch --array=0-7
  const Environment plain{{"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_COUNT", "8"}, {"SLURM_ARRAY_TASK_MIN", "0"}, {"SLURM_ARRAY_TASK_MAX", "7"}};
  EXPECT_EQ(read("auto", plain), (Shard{8, 8}));
  // sbatch --array=10-30:10
  const Environment stepped{{"SLURM_ARRAY_TASK_ID", "20"}, {"SLURM_ARRAY_TASK_COUNT", "3"}, {"SLURM_ARRAY_TASK_MIN", "10"}, {"SLURM_ARRAY_TASK_STEP", "10"}};
  EXPECT_EQ(read("auto", stepped), (Shard{2, 3}));
  EXPECT_EQ(error("auto/4", stepped), "the job array has 3 tasks, and not 4");
  EXPECT_EQ(error("auto", {{"SLURM_ARRAY_TASK_ID", "x"}}), "SLURM_ARRAY_TASK_ID is 'x', which is no number");
  EXPECT_EQ(error("auto", {{"SLURM_ARRAY_TASK_ID", "1"}}), "the job array does not say how many tasks it has; write it as auto/N");
  // --array=1,5,9 has no one step.
  EXPECT_EQ(error("auto", {{"SLURM_ARRAY_TASK_ID", "9"}, {"SLURM_ARRAY_TASK_COUNT", "3"}, {"SLURM_ARRAY_TASK_MIN", "1"}}), "there is no part 9 of 3");
}

TEST(Shard, is_the_index_of_a_kubernetes_job) {
  EXPECT_EQ(read("auto/5", {{"JOB_COMPLETION_INDEX", "0"}}), (Shard{1, 5}));
  EXPECT_EQ(read("auto/5", {{"JOB_COMPLETION_INDEX", "4"}}), (Shard{5, 5}));
  EXPECT_EQ(error("auto/5", {{"JOB_COMPLETION_INDEX", "5"}}), "there is no part 6 of 5");
  EXPECT_EQ(error("auto", {{"JOB_COMPLETION_INDEX", "4"}}), "the job array does not say how many tasks it has; write it as auto/N");
}

TEST(Shard, is_the_node_of_a_gitlab_job) {
  EXPECT_EQ(read("auto", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}), (Shard{2, 4}));
  EXPECT_EQ(error("auto", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "many"}}), "CI_NODE_TOTAL is 'many', which is no number");
}

TEST(Shard, needs_a_job_array_to_be_automatic) {
  EXPECT_EQ(error("auto"), "this is no task of a job array: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and CI_NODE_INDEX is set");
  EXPECT_EQ(error("auto/3"), "this is no task of a job array: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and CI_NODE_INDEX is set");
}

}  // namespace shard_test
}  // namespace cli
