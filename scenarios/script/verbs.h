// The list of verbs: one verb, one struct, one entry here, in the order of the reference.
#pragma once

#include "scenarios/script/one_of.h"
#include "scenarios/script/verbs/admin_verbs.h"
#include "scenarios/script/verbs/administrator_verbs.h"
#include "scenarios/script/verbs/cloud_verbs.h"
#include "scenarios/script/verbs/device_verbs.h"
#include "scenarios/script/verbs/entra_verbs.h"
#include "scenarios/script/verbs/fault_verbs.h"
#include "scenarios/script/verbs/federation_verbs.h"
#include "scenarios/script/verbs/graph_verbs.h"
#include "scenarios/script/verbs/group_verbs.h"
#include "scenarios/script/verbs/login_window_verbs.h"
#include "scenarios/script/verbs/mac_verbs.h"
#include "scenarios/script/verbs/okta_api_verbs.h"
#include "scenarios/script/verbs/okta_app_verbs.h"
#include "scenarios/script/verbs/okta_group_verbs.h"
#include "scenarios/script/verbs/okta_sign_in_verbs.h"
#include "scenarios/script/verbs/okta_verbs.h"
#include "scenarios/script/verbs/population_verbs.h"
#include "scenarios/script/verbs/provisioning_verbs.h"
#include "scenarios/script/verbs/scim_verbs.h"
#include "scenarios/script/verbs/user_verbs.h"
#include "scenarios/script/verbs/windows_verbs.h"
#include "scenarios/script/verbs/world_verbs.h"

namespace scenarios {

class Verb : public OneOf<
    EntraCreateUser, EntraUpdateUser, EntraDisableUser, EntraEnableUser, EntraAssignUser,
    EntraUnassignUser, EntraDeleteUser, EntraRestoreUser, EntraProvisionOnDemand,
    EntraTestConnection, EntraSetPassword, EntraRevokeSessions, EntraRegisterApp, EntraExpireSecret,
    EntraEndAccessTokens, EntraRollSigningKeys, EntraSpoilSignIn, EntraGrantRole, EntraWithdrawRole, EntraCreateGroup, EntraDeleteGroup, EntraAddMember,
    EntraRemoveMember, EntraSetManager, EntraSetMapping, EntraSwitchGroups, EntraSetScope, EntraSetScopingFilter,
    EntraSetSecretToken, EntraStart, EntraStop, EntraRestartProvisioning, GraphSend, GraphReadDelta, GraphSubscribe, GraphRequireResync, GraphSet,
    OktaCreateUser, OktaUpdateUser, OktaSetPassword, OktaActivateUser,
    OktaDeactivateUser, OktaDeleteUser, OktaSuspendUser, OktaUnsuspendUser,
    OktaReactivateUser, OktaExpirePassword, OktaResetPassword, OktaChoosePassword, OktaUnlockUser, OktaClearSessions, OktaSignIn, OktaChangePassword,
    OktaAssignUser,
    OktaUnassignUser, OktaRetryTasks,
    OktaCreateGroup, OktaRenameGroup, OktaDeleteGroup, OktaAddToGroup, OktaRemoveFromGroup, OktaCreateRule, OktaRemoveRule,
    OktaAssignGroup, OktaUnassignGroup, OktaPushGroup, OktaPushNow, OktaSetPush, OktaUnlinkGroup, OktaSetProvisioning,
    OktaImportNow, OktaConfirmImport, OktaTestConnection,
    OktaRegisterApp, OktaLetIntoApp, OktaShutOutOfApp, OktaRollSigningKeys,
    OktaGrantScopes, OktaFetchToken, OktaRequest,
    AdminCreateUser, AdminSuspendUser, AdminActivateUser, AdminDeleteUser,
    AdminSendActivationMail, AdminSetLocalAccount, AdminUnlockUser, AdminExpirePassword,
    AdminBindDevice, AdminUnbindDevice, AdminCommandDevice, AdminDeleteDevice, AdminApplyPolicy,
    AdminSetPasswordRules, AdminExemptFromDeviceLockout,
    AdminCreateGroup, AdminDeleteGroup, AdminAddToGroup, AdminRemoveFromGroup, AdminBindGroup, AdminUnbindGroup, AdminAddIdentityProvider, AdminRouteUser,
    AdminSetAdministrator, AdminRemoveAdministrator, AdminRenewSecretToken,
    AdminUpdateUser, AdminSetPassword, AdminAddMicrosoft, AdminAuthorizeMicrosoft, AdminSetMicrosoft, AdminDeactivateMicrosoft,
    AdminConnectUser, AdminDisconnectUser, AdminConnectGroup, AdminDisconnectGroup, AdminChooseAttribute, AdminSetPasswordTakeover, AdminImportUsers, UserSignInToMicrosoft,
    UserOpenActivationMail, UserSetPassword, UserLogIn,
    UserLogOut, UserChangePassword, UserOpenSignIn, UserEnterPassword, UserEnterNewPassword, DeviceSignIn, DeviceSignOut, DeviceChangePassword, DeviceProvisionAccount, DeviceLock, DeviceSwitchUser, DeviceRestart, DeviceDisableAccount, DeviceEnableAccount, DeviceResetPassword,
    DevicePowerOff, DevicePowerOn, DeviceElevate, DeviceSetPin, DeviceSignInWithPin,
    DeviceRemovePin, DeviceSignInWithGesture, DevicePressCtrlAltDel, DeviceSaveSecret, DeviceRecoverSecrets, DeviceMigrateProfile,
    DeviceUpdateKeychain, DeviceAnswerKeychainPrompt, DeviceSaveKeychainItem, DeviceConfirmPassword, DeviceGivePreviousPassword, DeviceChangeInSettings, DeviceCompleteSetup,
    DeviceUnlockDisk, DeviceTurnOnFileVault, DeviceAddToFileVault, DeviceGrantSecureToken, DeviceBreakServiceAccount, DeviceChooseWifi, DeviceRefreshLoginWindow,
    DeviceStartProvisioning, DeviceEnterPassword, DeviceFinishProvisioning, DeviceReinstallAgent,
    PopulationOnboard, PopulationLive,
    HostCrash, HostRestart, HostPause, HostResume, HostSetClock, HostSetDisk, HostDamageDisk,
    NetworkPartition, NetworkHeal, NetworkSet, NetworkInject, NetworkMend, NetworkSwizzle, HttpSend, ScimRequest, Wait> {
 public:
  using OneOf::OneOf;
};

}  // namespace scenarios
