export { configure, logout } from './configure.js';
export { createLogout } from './create-logout.js';
export { LogoutError, isLogoutError, type LogoutErrorCode } from './errors.js';
export { buildLogoutUrl } from './url/build-logout-url.js';
export type { LogoutUrlConfig, LogoutUrlOptions } from './url/logout-url-config.js';
export { checkReturnTo } from './url/check-return-to.js';
export { identityProviderOf } from './providers/identity-provider-of.js';
export type { Auth0ClientLike } from './auth0-client/auth0-client.js';
export type { ClearOptions, CookieName, NamePattern } from './credentials/clear-options.js';
export type {
  LogoutConfig,
  LogoutEvent,
  LogoutOptions,
  LogoutResult,
  LogoutSession,
  LogoutStep,
  LogoutStepName,
} from './logout-types.js';
export type { LogoutReceipt } from './receipt/receipt.js';
export type { LogoutReason, LostWork, SessionOutcomes, UnsavedWork } from './outcomes.js';
export type { LogoutOrigin } from './tabs/watch-logouts.js';
export type { UnsavedWorkAnswer } from './unsaved-work/decide.js';
export type { UnsavedWorkGuard } from './unsaved-work/guards.js';
