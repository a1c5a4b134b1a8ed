import * as accounts from './accounts';
import * as security from './security';
import * as signIn from './signIn';

/** In the order in which editors list them. */
export const triggers = {
	signedIn: signIn.signedIn,
	signInFailed: signIn.signInFailed,
	newPlace: signIn.newPlace,
	addressBlocked: security.addressBlocked,
	accountLocked: security.accountLocked,
	sessionOpened: security.sessionOpened,
	sessionEnded: security.sessionEnded,
	userCreated: accounts.userCreated,
	userChanged: accounts.userChanged,
	userDisabled: accounts.userDisabled,
	twoFactorDisabled: accounts.twoFactorDisabled,
	groupCreated: accounts.groupCreated,
	groupChanged: accounts.groupChanged,
	membershipChanged: accounts.membershipChanged,
};
