import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { count, flag, given, somethingToChange } from '../fields';
import * as wire from '../wire/policy';

const getPassword = operation({
	title: 'Get the password policy',
	summary: 'Says what a password of the NAS must be like. Every account may read it.',
	right: 'account',
	call: wire.getPasswordPolicy,
	params: z.object({}),
	response: ({ strong_password, ...rest }) => ({ ...rest, ...strong_password }),
	result: wire.passwordPolicy,
});

const strength = {
	min_length: count('Minimum Length', 'Characters that a password needs at least; 0 for any length'),
	mixed_case: flag('Mixed Case', 'Whether it needs upper and lower case'),
	included_numeric_char: flag('Digits', 'Whether it needs a digit'),
	included_special_char: flag('Special Characters', 'Whether it needs a special character'),
	exclude_username: flag('Exclude User Name', 'Whether it must not hold the name of the user'),
	history_num: count('Former Passwords', 'How many former passwords may not be used again; 0 for none'),
};
const more = {
	password_must_change: flag('Change at First Use', 'Whether a password that an administrator set must be changed'),
	enable_reset_passwd_by_email: flag('Reset by Email', 'Whether a forgotten password is reset by email'),
};

/** The NAS wants all of it back. */
const updatePassword = operation({
	title: 'Update the password policy',
	summary: 'Changes what a password must be like; what is not given stays. Needs an administrator.',
	known: { call: wire.getPasswordPolicy },
	call: wire.setPasswordPolicy,
	params: z.object({ ...strength, ...more }).refine(...somethingToChange(Object.keys({ ...strength, ...more }))),
	request({ password_must_change, enable_reset_passwd_by_email, ...rest }, known) {
		const length = rest.min_length;
		return {
			...known,
			...given({ password_must_change, enable_reset_passwd_by_email }),
			strong_password: {
				...known.strong_password,
				...given(rest),
				...(length !== undefined && { min_length_enable: length > 0 }),
			},
		};
	},
});

const getExpiry = operation({
	title: 'Get the expiry of passwords',
	summary: 'Says whether passwords expire, and who is told when. Needs an administrator.',
	call: wire.getPasswordExpiry,
	params: z.object({}),
});

const expiry = {
	enable_login_prompt: flag('Prompt at Sign-In', 'Whether users are reminded when they sign in'),
	enable_mail_notification: flag('Remind by Email', 'Whether users are reminded by email'),
	allow_reset_after_expired: flag('Change After Expiry', 'Whether an expired password may still be changed'),
};

const updateExpiry = operation({
	title: 'Update the expiry of passwords',
	summary: 'Changes who is reminded before a password expires; what is not given stays. Needs an administrator.',
	known: { call: wire.getPasswordExpiry },
	call: wire.setPasswordExpiry,
	params: z.object(expiry).refine(...somethingToChange(Object.keys(expiry))),
	request: (params, known) => ({ ...known, ...given(params) }),
});

const listReservedNames = operation({
	title: 'List reserved names',
	summary: 'Gives the names that no user may have. Needs an administrator.',
	call: wire.listReservedNames,
	params: z.object({}),
});

const getTwoFactor = operation({
	title: 'Get the two-factor policy',
	summary: 'Says who must use two-factor: nobody, administrators or everybody. Needs an administrator.',
	call: wire.getTwoFactorPolicy,
	params: z.object({}),
});

const getAdaptive = operation({
	title: 'Get the adaptive policy',
	summary: 'Says for whom unusual sign-ins need a second factor. Needs an administrator.',
	call: wire.getAdaptivePolicy,
	params: z.object({}),
});

export const policies = resource('Policy', {
	getPassword,
	updatePassword,
	getExpiry,
	updateExpiry,
	listReservedNames,
	getTwoFactor,
	getAdaptive,
});
