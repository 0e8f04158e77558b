#include "properties/invariants/invariant.h"

namespace properties {

Violation breach_of(std::string_view law, std::string text, base::Instant since) {
  Violation violation{std::string(law), std::move(text), {}, since};
  violation.expectation.observation = scenarios::LawHolds{std::string(law)};
  return violation;
}

const std::vector<Invariant>& invariants() {
  using enum Level;
  static const std::vector<Invariant> all{
      {"no-entry-without-key", safety, "The directory does nothing for whoever shows no valid key.", "D1 D2", judge_no_entry_without_key},
      {"no-server-error", safety, "The directory has no errors of its own: it answers 5xx only where its disk fails it.", "", judge_no_server_error},
      {"answers-show-writes", safety, "The answer to a change shows the changed values.", "R45 R46 R48 R51 R52", judge_answers_show_writes},
      {"versions-follow-contents", safety, "A SCIM resource with another content has another version.", "", judge_versions_follow_contents},
      {"never-deleted-at-microsoft", safety, "An account at Microsoft is disabled, and never deleted.", "R100 R101 R103", judge_never_deleted_at_microsoft},
      {"comes-back-when-asked", safety, "Nothing is sent to Microsoft before the time that it has asked to be left alone for.", "F16", judge_comes_back_when_asked},
      {"events-come-once", safety, "What has happened once is told once.", "DI21 DI22", judge_events_come_once},
      {"acknowledged-is-durable", safety, "What was acknowledged is there after any crash.", "", judge_acknowledged_is_durable},
      {"written-is-kept", safety, "An attribute has the value that was acknowledged last.", "R45 R46 R48 R51 R52", judge_written_is_kept},
      {"clients-agree-on-an-order", safety, "What clients were told of a user could have been told by a directory that serves one request at a time.", "R45 R46 R48 R51 R52 R24",
       judge_clients_agree_on_an_order},
      {"no-duplicate-user", safety, "No user exists twice.", "D21", judge_no_duplicate_user},
      {"ends-are-alive", safety, "Members of groups, and whoever is bound to something, exist.", "", judge_ends_are_alive},
      {"no-session-of-suspended", safety, "A suspended user has no session beyond its bound.", "R20 V20 V31 D18", judge_no_session_of_suspended},
      {"taken-over-keeps-data", safety, "An account that the agent takes over keeps its files.", "V22", judge_taken_over_keeps_data},
      {"unmanaged-is-untouched", safety, "Accounts that nobody manages stay as they were.", "V4 V5", judge_unmanaged_is_untouched},
      {"no-password-in-plaintext", safety, "No password lies on the directory's disk.", "", judge_no_password_in_plaintext},
      {"one-group-each", safety, "A group of the directory is one group at Microsoft.", "R121 R123", judge_one_group_each},
      {"rules-choose-members", safety, "A group with a rule has those who match it, and nobody else.", "D52", judge_rules_choose_members},
      {"sessions-end-with-password", safety, "A session of the portal ends when the password is changed.", "D18", judge_sessions_end_with_password},
      {"mails-match-events", liveness, "Each activation mail that the log tells of arrives, and no other.", "R11 D10", judge_mails_match_events},
      {"devices-follow", liveness, "Whoever may use a device has an enabled account there, and whoever may not has none.", "V8 V20 R20 R72", judge_devices_follow},
      {"passwords-agree", liveness, "A managed account opens with the directory's password.", "R13 R15 R66", judge_passwords_agree},
      {"keychains-follow", liveness, "A password that was changed on a Mac opens the keychain too.", "V61", judge_keychains_follow},
      {"accounts-are-found", liveness, "Whoever has an account at Microsoft is paired with it.", "R95 R97", judge_accounts_are_found},
      {"microsoft-has-the-password", liveness, "Once a connected user has logged in to the portal, Microsoft has the password.", "R98 R112 R114", judge_microsoft_has_the_password},
      {"accounts-follow", liveness, "An account at Microsoft that is in step has the user's values, and is disabled with the user.", "R99 R100 R101 R107", judge_accounts_follow},
      {"disabled-for-a-reason", liveness, "An account at Microsoft is enabled unless a listed trigger says otherwise.", "R100 R105 R106", judge_disabled_for_a_reason},
      {"groups-follow", liveness, "A group at Microsoft that is in step has the members of the directory's.", "R99 R121 R122", judge_groups_follow},
      {"nothing-waits", liveness, "Whatever could not be done during a fault is done after it.", "R99 R145", judge_nothing_waits},
      {"quiet-after-settling", liveness, "Once all is in step, nobody writes any more.", "R99", judge_quiet_after_settling},
      {"events-tell-what-happened", safety, "The log has an event for every creation and deletion, and tells the state that a user is in.", "DI21", judge_events_tell_what_happened},
      {"probes-hold", safety, "What the parts of a world take for granted of themselves holds: see list probes.", "", judge_probes_hold},
  };
  return all;
}

}  // namespace properties
