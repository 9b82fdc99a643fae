// SPDX-License-Identifier: MPL-2.0

package activation

// The numbers that the judge knows by name.
const (
	hrThrottled       uint32 = 0xC004FD00
	hrInvalidPlatform uint32 = 0xC004FD01
	hrParentNotActive uint32 = 0xC004FD02
	hrIDMismatch      uint32 = 0xC004FD03
	hrNotBound        uint32 = 0xC004FD04
	hrInProgress      uint32 = 0xC004E028
	hrValidityOver    uint32 = 0xC004FC07
	hrDISMKey         uint32 = 0x8A010101
	hrDISMAPIKey      uint32 = 0xC004000F
	hrWrongSKU        uint32 = 0xC004F069
	hrNoKey           uint32 = 0xC004F014
	hrNoKMS           uint32 = 0xC004F074
	hrInvalidData     uint32 = 0x8007000D
	hrAccessDenied    uint32 = 0x80070005
	hrNotAdmin        uint32 = 0xC004F025
)

// hresults: symbols of slerror.h and winerror.h (Windows SDK); meanings after Microsoft's page on volume activation
// error codes and reference section 4.
var hresults = [...]HResult{
	{0x4004F00C, "SL_I_OOB_GRACE_PERIOD", "within the initial grace period", ""},
	{0x4004F00D, "SL_I_OOT_GRACE_PERIOD", "within the grace period after a change of hardware", ""},
	{0x4004F040, "SL_E_VL_INFO_PRODUCT_USER_RIGHT", "activated; the owner should check the product use rights", ""},
	{0x4004F065, "SL_I_NONGENUINE_GRACE_PERIOD", "within the grace period of a Windows found not genuine", ""},
	{0x4004F068, "SL_I_NONGENUINE_GRACE_PERIOD_2", "within the grace period of a Windows found not genuine", ""},
	{0x4004F401, "SL_I_STORE_BASED_ACTIVATION", "the usual word beside a licensed product", ""},
	{0x4004FC04, "SL_I_TIMEBASED_VALIDITY_PERIOD", "within the validity period of a time-limited edition: normal for an evaluation", CodeEvaluationTime},
	{0x4004FC05, "SL_I_PERPETUAL_OOB_GRACE_PERIOD", "a grace period without end", ""},
	{0x4004FC06, "SL_I_TIMEBASED_EXTENDED_GRACE_PERIOD", "within the extended grace period", ""},
	{0x80041010, "WBEM_E_INVALID_CLASS", "WMI does not know the class", ""},
	{hrAccessDenied, "E_ACCESSDENIED", "access denied: not elevated", CodeAccessDenied},
	{hrInvalidData, "ERROR_INVALID_DATA", "the data is invalid", ""},
	{0x80070422, "ERROR_SERVICE_DISABLED", "the service is disabled", CodeLicensingDisabled},
	{0x8004D102, "SL_REMAPPING_SP_STATUS_SYSTEM_TIME_SKEWED", "the clock was moved", CodeClockInconsistent},
	{0x80070490, "ERROR_NOT_FOUND", "element not found", ""},
	{hrDISMKey, "", "DISM could not validate the product key", ""},
	{hrDISMAPIKey, "DISMAPI_E_INVALID_PRODUCT_KEY", "DISM could not validate the product key", ""},
	{0xC004D302, "SL_REMAPPING_SP_PUB_TS_REARMED", "the licensing state was rearmed: restart needed", CodeRearmed},
	{0xC004D307, "SL_REMAPPING_SP_PUB_TS_MAX_REARM_REACHED", "the rearm count is used up", CodeRearmUsedUp},
	{0xC004E016, "SL_E_PKEY_INVALID_CONFIG", "the key is not valid for this Windows", CodeKeyInvalid},
	{hrInProgress, "SL_E_ACTIVATION_IN_PROGRESS", "another activation attempt is under way", CodeInProgress},
	{0xC004F009, "SL_E_GRACE_TIME_EXPIRED", "the grace period expired", CodeGraceExpired},
	{0xC004F00F, "SL_E_OUT_OF_TOLERANCE", "the binding was lost: the machine is another one than the licence was given to", CodeBindingLost},
	{0xC004F010, "SL_E_INVALID_PKEY", "the key is not valid", CodeKeyInvalid},
	{hrNoKey, "SL_E_PKEY_NOT_INSTALLED", "no key is installed", CodeNoKey},
	{0xC004F015, "SL_E_PRODUCT_SKU_NOT_INSTALLED", "the licence of that edition is not installed", CodeSKUNotInstalled},
	{hrNotAdmin, "SL_E_LUA_ACCESSDENIED", "administrator privilege is required", CodeAccessDenied},
	{0xC004F033, "SL_E_PRODUCT_KEY_INSTALLATION_NOT_ALLOWED", "installing this key is not allowed", CodeKeyNotAllowed},
	{0xC004F034, "SL_E_EUL_NOT_AVAILABLE", "no licence was found, or an invalid one", CodeLicenseNotFound},
	{0xC004F050, "SL_E_INVALID_PRODUCT_KEY", "the key is not valid", CodeKeyInvalid},
	{0xC004F051, "SL_E_BLOCKED_PRODUCT_KEY", "the key is blocked", CodeKeyBlocked},
	{0xC004F056, "SL_E_VL_MACHINE_NOT_BOUND", "not activated by a KMS", CodeKMSUnavailable},
	{0xC004F061, "SL_E_PKEY_INVALID_UPGRADE", "the key is for an upgrade only", CodeKeyUpgrade},
	{hrWrongSKU, "SL_E_MISMATCHED_PRODUCT_SKU", "the key belongs to another edition or release, or Windows is an evaluation edition", CodeKeyMismatch},
	{0xC004F06A, "SL_E_OPERATION_NOT_ALLOWED", "the operation is not allowed", CodeOperationNotAllowed},
	{hrNoKMS, "SL_E_VL_BINDING_SERVICE_UNAVAILABLE", "no KMS answered: not AVMA's business", CodeKMSUnavailable},
	{0xC004F07D, "SL_E_INVALID_PRODUCT_KEY_TYPE", "the key cannot be used for this kind of activation", CodeKeyKind},
	{0xC004F200, "SL_E_NOT_GENUINE", "Windows was found not genuine", CodeNotGenuine},
	{0xC004F210, "SL_E_EDITION_MISMATCHED", "the licence's edition is not the computer's", CodeEditionMismatch},
	{hrValidityOver, "SL_E_VALIDITY_PERIOD_EXPIRED", "the validity period is over", CodeEvaluationExpired},
	{hrThrottled, "SL_E_IA_THROTTLE_LIMIT_EXCEEDED", "too many requests", CodeThrottled},
	{hrInvalidPlatform, "SL_E_IA_INVALID_VIRTUALIZATION_PLATFORM", "not on a Hyper-V that can activate guests", CodeInvalidPlatform},
	{hrParentNotActive, "SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED", "the host is not activated", CodeHostNotActivated},
	{hrIDMismatch, "SL_E_IA_ID_MISMATCH", "the host cannot activate this edition or release", CodeHostCannot},
	{hrNotBound, "SL_E_IA_MACHINE_NOT_BOUND", "not bound to a host", CodeNotBound},
}
