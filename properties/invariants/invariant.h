// Laws that every world obeys once it has healed, judged on what the wire and the devices show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/final_view.h"
#include "scenarios/script/scenario.h"

namespace properties {

struct Violation {
  std::string invariant;
  std::string text;
  /// Fails wherever the law is broken in this way: makes a replayable script of the counterexample.
  scenarios::Expectation expectation;
  /// When it could first be seen; the last instant of all: in the end.
  base::Instant since = base::Instant::max();
};

/// The law that nothing else can be judged without: once all is mended, the directory answers.
inline constexpr std::string_view answers_after_healing = "answers-after-healing";

enum class Level {
  safety,   ///< may be broken at no moment; the history shows when it was
  liveness  ///< has come true once the faults are over and the world was left alone for a while
};

struct Invariant {
  std::string_view id;
  Level level;
  std::string_view law;    ///< one sentence
  std::string_view rules;  ///< ids, with blanks between them
  std::optional<Violation> (*judge)(const FinalView& view);
};

/// A violation whose script expects the law itself.
[[nodiscard]] Violation breach_of(std::string_view law, std::string text, base::Instant since = base::Instant::max());

/// In the order in which those that are seen at the same moment count.
[[nodiscard]] const std::vector<Invariant>& invariants();

// One a file; the table says what each demands.
std::optional<Violation> judge_acknowledged_is_durable(const FinalView& view);
std::optional<Violation> judge_written_is_kept(const FinalView& view);
std::optional<Violation> judge_answers_show_writes(const FinalView& view);
std::optional<Violation> judge_versions_follow_contents(const FinalView& view);
std::optional<Violation> judge_clients_agree_on_an_order(const FinalView& view);
std::optional<Violation> judge_no_server_error(const FinalView& view);
std::optional<Violation> judge_no_entry_without_key(const FinalView& view);
std::optional<Violation> judge_no_duplicate_user(const FinalView& view);
std::optional<Violation> judge_ends_are_alive(const FinalView& view);
std::optional<Violation> judge_events_tell_what_happened(const FinalView& view);
std::optional<Violation> judge_events_come_once(const FinalView& view);
std::optional<Violation> judge_no_session_of_suspended(const FinalView& view);
std::optional<Violation> judge_devices_follow(const FinalView& view);
std::optional<Violation> judge_taken_over_keeps_data(const FinalView& view);
std::optional<Violation> judge_unmanaged_is_untouched(const FinalView& view);
std::optional<Violation> judge_passwords_agree(const FinalView& view);
std::optional<Violation> judge_keychains_follow(const FinalView& view);
std::optional<Violation> judge_no_password_in_plaintext(const FinalView& view);
std::optional<Violation> judge_accounts_follow(const FinalView& view);
std::optional<Violation> judge_disabled_for_a_reason(const FinalView& view);
std::optional<Violation> judge_never_deleted_at_microsoft(const FinalView& view);
std::optional<Violation> judge_groups_follow(const FinalView& view);
std::optional<Violation> judge_one_group_each(const FinalView& view);
std::optional<Violation> judge_nothing_waits(const FinalView& view);
std::optional<Violation> judge_quiet_after_settling(const FinalView& view);
std::optional<Violation> judge_comes_back_when_asked(const FinalView& view);
std::optional<Violation> judge_rules_choose_members(const FinalView& view);
std::optional<Violation> judge_mails_match_events(const FinalView& view);
std::optional<Violation> judge_sessions_end_with_password(const FinalView& view);
std::optional<Violation> judge_microsoft_has_the_password(const FinalView& view);
std::optional<Violation> judge_accounts_are_found(const FinalView& view);
std::optional<Violation> judge_probes_hold(const FinalView& view);

}  // namespace properties
