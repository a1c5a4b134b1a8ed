import type { BehaviourTable } from '../../core/behaviour';
import { administrators, confirmed, everybody, replace } from './call';

/** Policies (identity.md 5.4, 6.3). */
export const policyBehaviours: BehaviourTable = {
	'SYNO.Core.User.PasswordPolicy.get': everybody(({ identity }) => ({
		data: structuredClone(identity.passwordPolicy),
	})),
	'SYNO.Core.User.PasswordPolicy.set': confirmed(({ identity, params }) => replace(identity.passwordPolicy, params)),
	'SYNO.Core.User.PasswordExpiry.get': administrators(({ identity }) => ({ data: { ...identity.passwordExpiry } })),
	'SYNO.Core.User.PasswordExpiry.set': confirmed(({ identity, params }) => replace(identity.passwordExpiry, params)),
	'SYNO.Core.User.UsernamePolicy.list': administrators(() => ({ data: ['admin', 'guest', 'root'] })),
	'SYNO.Core.OTP.EnforcePolicy.get': administrators(() => ({ data: { otp_enforce_option: 'none' } })),
	'SYNO.SecureSignIn.AMFA.Policy.get': administrators(() => ({
		data: { type: 'admin_group', user_list: [], group_list: [] },
	})),
};
