// Plays one verb: what the person or admin does, and what came of it.
#pragma once

#include <string>

#include "scenarios/engine/cast.h"
#include "scenarios/script/verbs.h"

namespace scenarios {

struct Performed {
  enum class Kind {
    ok,
    refused,   ///< the other side said no, or there was nothing to act on
    no_answer  ///< unknown whether it took effect
  };
  Kind kind = Kind::ok;
  std::string detail;  ///< what was said; on success empty, or what was counted
};

[[nodiscard]] base::Task<Performed> perform(Cast& cast, const Verb& verb);

// One overload a verb; perform() above chooses.
base::Task<Performed> perform(Cast& cast, EntraCreateUser verb);
base::Task<Performed> perform(Cast& cast, EntraUpdateUser verb);
base::Task<Performed> perform(Cast& cast, EntraDisableUser verb);
base::Task<Performed> perform(Cast& cast, EntraEnableUser verb);
base::Task<Performed> perform(Cast& cast, EntraAssignUser verb);
base::Task<Performed> perform(Cast& cast, EntraUnassignUser verb);
base::Task<Performed> perform(Cast& cast, EntraDeleteUser verb);
base::Task<Performed> perform(Cast& cast, EntraRestoreUser verb);
base::Task<Performed> perform(Cast& cast, EntraProvisionOnDemand verb);
base::Task<Performed> perform(Cast& cast, EntraTestConnection verb);
base::Task<Performed> perform(Cast& cast, EntraSetPassword verb);
base::Task<Performed> perform(Cast& cast, EntraRevokeSessions verb);
base::Task<Performed> perform(Cast& cast, EntraRegisterApp verb);
base::Task<Performed> perform(Cast& cast, EntraExpireSecret verb);
base::Task<Performed> perform(Cast& cast, EntraRollSigningKeys verb);
base::Task<Performed> perform(Cast& cast, EntraEndAccessTokens verb);
base::Task<Performed> perform(Cast& cast, EntraSpoilSignIn verb);
base::Task<Performed> perform(Cast& cast, EntraCreateGroup verb);
base::Task<Performed> perform(Cast& cast, EntraDeleteGroup verb);
base::Task<Performed> perform(Cast& cast, EntraAddMember verb);
base::Task<Performed> perform(Cast& cast, EntraRemoveMember verb);
base::Task<Performed> perform(Cast& cast, EntraSetManager verb);
base::Task<Performed> perform(Cast& cast, EntraSetMapping verb);
base::Task<Performed> perform(Cast& cast, EntraSwitchGroups verb);
base::Task<Performed> perform(Cast& cast, EntraSetScope verb);
base::Task<Performed> perform(Cast& cast, EntraSetScopingFilter verb);
base::Task<Performed> perform(Cast& cast, EntraSetSecretToken verb);
base::Task<Performed> perform(Cast& cast, EntraStart verb);
base::Task<Performed> perform(Cast& cast, EntraStop verb);
base::Task<Performed> perform(Cast& cast, EntraRestartProvisioning verb);
base::Task<Performed> perform(Cast& cast, GraphSend verb);
base::Task<Performed> perform(Cast& cast, GraphReadDelta verb);
base::Task<Performed> perform(Cast& cast, GraphSubscribe verb);
base::Task<Performed> perform(Cast& cast, GraphRequireResync verb);
base::Task<Performed> perform(Cast& cast, GraphSet verb);
base::Task<Performed> perform(Cast& cast, OktaCreateUser verb);
base::Task<Performed> perform(Cast& cast, OktaUpdateUser verb);
base::Task<Performed> perform(Cast& cast, OktaSetPassword verb);
base::Task<Performed> perform(Cast& cast, OktaActivateUser verb);
base::Task<Performed> perform(Cast& cast, OktaDeactivateUser verb);
base::Task<Performed> perform(Cast& cast, OktaDeleteUser verb);
base::Task<Performed> perform(Cast& cast, OktaSuspendUser verb);
base::Task<Performed> perform(Cast& cast, OktaUnsuspendUser verb);
base::Task<Performed> perform(Cast& cast, OktaReactivateUser verb);
base::Task<Performed> perform(Cast& cast, OktaExpirePassword verb);
base::Task<Performed> perform(Cast& cast, OktaResetPassword verb);
base::Task<Performed> perform(Cast& cast, OktaChoosePassword verb);
base::Task<Performed> perform(Cast& cast, OktaUnlockUser verb);
base::Task<Performed> perform(Cast& cast, OktaClearSessions verb);
base::Task<Performed> perform(Cast& cast, OktaSignIn verb);
base::Task<Performed> perform(Cast& cast, OktaChangePassword verb);
base::Task<Performed> perform(Cast& cast, OktaAssignUser verb);
base::Task<Performed> perform(Cast& cast, OktaUnassignUser verb);
base::Task<Performed> perform(Cast& cast, OktaRetryTasks verb);
base::Task<Performed> perform(Cast& cast, OktaCreateGroup verb);
base::Task<Performed> perform(Cast& cast, OktaRenameGroup verb);
base::Task<Performed> perform(Cast& cast, OktaDeleteGroup verb);
base::Task<Performed> perform(Cast& cast, OktaAddToGroup verb);
base::Task<Performed> perform(Cast& cast, OktaRemoveFromGroup verb);
base::Task<Performed> perform(Cast& cast, OktaCreateRule verb);
base::Task<Performed> perform(Cast& cast, OktaRemoveRule verb);
base::Task<Performed> perform(Cast& cast, OktaAssignGroup verb);
base::Task<Performed> perform(Cast& cast, OktaUnassignGroup verb);
base::Task<Performed> perform(Cast& cast, OktaPushGroup verb);
base::Task<Performed> perform(Cast& cast, OktaPushNow verb);
base::Task<Performed> perform(Cast& cast, OktaSetPush verb);
base::Task<Performed> perform(Cast& cast, OktaUnlinkGroup verb);
base::Task<Performed> perform(Cast& cast, OktaSetProvisioning verb);
base::Task<Performed> perform(Cast& cast, OktaRegisterApp verb);
base::Task<Performed> perform(Cast& cast, OktaLetIntoApp verb);
base::Task<Performed> perform(Cast& cast, OktaShutOutOfApp verb);
base::Task<Performed> perform(Cast& cast, OktaRollSigningKeys verb);
base::Task<Performed> perform(Cast& cast, OktaGrantScopes verb);
base::Task<Performed> perform(Cast& cast, OktaFetchToken verb);
base::Task<Performed> perform(Cast& cast, OktaRequest verb);
base::Task<Performed> perform(Cast& cast, OktaImportNow verb);
base::Task<Performed> perform(Cast& cast, OktaConfirmImport verb);
base::Task<Performed> perform(Cast& cast, OktaTestConnection verb);
base::Task<Performed> perform(Cast& cast, AdminCreateUser verb);
base::Task<Performed> perform(Cast& cast, AdminSuspendUser verb);
base::Task<Performed> perform(Cast& cast, AdminActivateUser verb);
base::Task<Performed> perform(Cast& cast, AdminDeleteUser verb);
base::Task<Performed> perform(Cast& cast, AdminSendActivationMail verb);
base::Task<Performed> perform(Cast& cast, AdminSetLocalAccount verb);
base::Task<Performed> perform(Cast& cast, AdminUnlockUser verb);
base::Task<Performed> perform(Cast& cast, AdminExpirePassword verb);
base::Task<Performed> perform(Cast& cast, AdminBindDevice verb);
base::Task<Performed> perform(Cast& cast, AdminUnbindDevice verb);
base::Task<Performed> perform(Cast& cast, AdminCommandDevice verb);
base::Task<Performed> perform(Cast& cast, AdminDeleteDevice verb);
base::Task<Performed> perform(Cast& cast, AdminApplyPolicy verb);
base::Task<Performed> perform(Cast& cast, AdminSetPasswordRules verb);
base::Task<Performed> perform(Cast& cast, AdminExemptFromDeviceLockout verb);
base::Task<Performed> perform(Cast& cast, AdminCreateGroup verb);
base::Task<Performed> perform(Cast& cast, AdminDeleteGroup verb);
base::Task<Performed> perform(Cast& cast, AdminAddToGroup verb);
base::Task<Performed> perform(Cast& cast, AdminRemoveFromGroup verb);
base::Task<Performed> perform(Cast& cast, AdminBindGroup verb);
base::Task<Performed> perform(Cast& cast, AdminUnbindGroup verb);
base::Task<Performed> perform(Cast& cast, AdminAddIdentityProvider verb);
base::Task<Performed> perform(Cast& cast, AdminRouteUser verb);
base::Task<Performed> perform(Cast& cast, UserOpenActivationMail verb);
base::Task<Performed> perform(Cast& cast, UserSetPassword verb);
base::Task<Performed> perform(Cast& cast, UserLogIn verb);
base::Task<Performed> perform(Cast& cast, UserLogOut verb);
base::Task<Performed> perform(Cast& cast, UserChangePassword verb);
base::Task<Performed> perform(Cast& cast, UserOpenSignIn verb);
base::Task<Performed> perform(Cast& cast, UserEnterPassword verb);
base::Task<Performed> perform(Cast& cast, UserEnterNewPassword verb);
base::Task<Performed> perform(Cast& cast, DeviceSignIn verb);
base::Task<Performed> perform(Cast& cast, DeviceSignOut verb);
base::Task<Performed> perform(Cast& cast, DeviceChangePassword verb);
base::Task<Performed> perform(Cast& cast, DeviceProvisionAccount verb);
base::Task<Performed> perform(Cast& cast, DeviceStartProvisioning verb);
base::Task<Performed> perform(Cast& cast, DeviceEnterPassword verb);
base::Task<Performed> perform(Cast& cast, DeviceFinishProvisioning verb);
base::Task<Performed> perform(Cast& cast, DeviceReinstallAgent verb);
base::Task<Performed> perform(Cast& cast, DeviceElevate verb);
base::Task<Performed> perform(Cast& cast, DeviceSetPin verb);
base::Task<Performed> perform(Cast& cast, DeviceSignInWithPin verb);
base::Task<Performed> perform(Cast& cast, DeviceUpdateKeychain verb);
base::Task<Performed> perform(Cast& cast, DevicePowerOff verb);
base::Task<Performed> perform(Cast& cast, DevicePowerOn verb);
base::Task<Performed> perform(Cast& cast, DeviceLock verb);
base::Task<Performed> perform(Cast& cast, DeviceSwitchUser verb);
base::Task<Performed> perform(Cast& cast, DeviceRestart verb);
base::Task<Performed> perform(Cast& cast, DeviceDisableAccount verb);
base::Task<Performed> perform(Cast& cast, DeviceEnableAccount verb);
base::Task<Performed> perform(Cast& cast, DeviceResetPassword verb);
base::Task<Performed> perform(Cast& cast, DeviceRemovePin verb);
base::Task<Performed> perform(Cast& cast, DeviceSignInWithGesture verb);
base::Task<Performed> perform(Cast& cast, DevicePressCtrlAltDel verb);
base::Task<Performed> perform(Cast& cast, DeviceSaveSecret verb);
base::Task<Performed> perform(Cast& cast, DeviceRecoverSecrets verb);
base::Task<Performed> perform(Cast& cast, DeviceMigrateProfile verb);
base::Task<Performed> perform(Cast& cast, DeviceAnswerKeychainPrompt verb);
base::Task<Performed> perform(Cast& cast, DeviceSaveKeychainItem verb);
base::Task<Performed> perform(Cast& cast, DeviceConfirmPassword verb);
base::Task<Performed> perform(Cast& cast, DeviceGivePreviousPassword verb);
base::Task<Performed> perform(Cast& cast, DeviceChangeInSettings verb);
base::Task<Performed> perform(Cast& cast, DeviceCompleteSetup verb);
base::Task<Performed> perform(Cast& cast, DeviceUnlockDisk verb);
base::Task<Performed> perform(Cast& cast, DeviceTurnOnFileVault verb);
base::Task<Performed> perform(Cast& cast, DeviceAddToFileVault verb);
base::Task<Performed> perform(Cast& cast, DeviceGrantSecureToken verb);
base::Task<Performed> perform(Cast& cast, DeviceBreakServiceAccount verb);
base::Task<Performed> perform(Cast& cast, DeviceChooseWifi verb);
base::Task<Performed> perform(Cast& cast, DeviceRefreshLoginWindow verb);
base::Task<Performed> perform(Cast& cast, EntraGrantRole verb);
base::Task<Performed> perform(Cast& cast, EntraWithdrawRole verb);
base::Task<Performed> perform(Cast& cast, AdminUpdateUser verb);
base::Task<Performed> perform(Cast& cast, AdminSetPassword verb);
base::Task<Performed> perform(Cast& cast, AdminSetAdministrator verb);
base::Task<Performed> perform(Cast& cast, AdminRemoveAdministrator verb);
base::Task<Performed> perform(Cast& cast, AdminRenewSecretToken verb);
base::Task<Performed> perform(Cast& cast, AdminAddMicrosoft verb);
base::Task<Performed> perform(Cast& cast, AdminAuthorizeMicrosoft verb);
base::Task<Performed> perform(Cast& cast, AdminSetMicrosoft verb);
base::Task<Performed> perform(Cast& cast, AdminDeactivateMicrosoft verb);
base::Task<Performed> perform(Cast& cast, AdminConnectUser verb);
base::Task<Performed> perform(Cast& cast, AdminDisconnectUser verb);
base::Task<Performed> perform(Cast& cast, AdminConnectGroup verb);
base::Task<Performed> perform(Cast& cast, AdminDisconnectGroup verb);
base::Task<Performed> perform(Cast& cast, AdminChooseAttribute verb);
base::Task<Performed> perform(Cast& cast, AdminSetPasswordTakeover verb);
base::Task<Performed> perform(Cast& cast, AdminImportUsers verb);
base::Task<Performed> perform(Cast& cast, UserSignInToMicrosoft verb);
base::Task<Performed> perform(Cast& cast, PopulationOnboard verb);
base::Task<Performed> perform(Cast& cast, PopulationLive verb);
base::Task<Performed> perform(Cast& cast, HostCrash verb);
base::Task<Performed> perform(Cast& cast, HostRestart verb);
base::Task<Performed> perform(Cast& cast, HostSetDisk verb);
base::Task<Performed> perform(Cast& cast, HostDamageDisk verb);
base::Task<Performed> perform(Cast& cast, NetworkPartition verb);
base::Task<Performed> perform(Cast& cast, NetworkHeal verb);
base::Task<Performed> perform(Cast& cast, NetworkSet verb);
base::Task<Performed> perform(Cast& cast, NetworkInject verb);
base::Task<Performed> perform(Cast& cast, NetworkMend verb);
base::Task<Performed> perform(Cast& cast, NetworkSwizzle verb);
base::Task<Performed> perform(Cast& cast, HostPause verb);
base::Task<Performed> perform(Cast& cast, HostResume verb);
base::Task<Performed> perform(Cast& cast, HostSetClock verb);
base::Task<Performed> perform(Cast& cast, HttpSend verb);
base::Task<Performed> perform(Cast& cast, ScimRequest verb);
base::Task<Performed> perform(Cast& cast, Wait verb);

// Shared by the verbs that go over HTTP.

/// ok below 400, refused from there on, no_answer without a response.
[[nodiscard]] Performed from_response(const base::HttpResult& result);
[[nodiscard]] Performed refused(std::string why);
/// ok, or refused for the reason that a fake gives.
[[nodiscard]] Performed from_result(const base::Result<void>& result);
/// What the administrator's browser asks of the directory.
base::Task<base::HttpResult> ask_as_admin(Cast& cast, std::string method, std::string path, std::optional<base::Json> body = std::nullopt);
/// The directory's id of a person, asked for once and remembered; an answer instead where it has none.
base::Task<std::expected<std::string, Performed>> directory_id(Cast& cast, sim::Host& from, Person& person);

}  // namespace scenarios
