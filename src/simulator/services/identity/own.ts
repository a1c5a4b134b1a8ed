import { allApps } from '../../core/applications';
import type { BehaviourTable } from '../../core/behaviour';
import { refuse } from '../system/call';
import { everybody } from './call';

const NOT_CONFIGURED = 4203;

/** What every account may do for itself (identity.md 5.3, 6.3). */
export const ownBehaviours: BehaviourTable = {
	'SYNO.Core.NormalUser.set': everybody(({ identity, user, params, request }) => {
		const { description, email, password } = params;
		if (typeof password === 'string') {
			if (identity.extrasOf(user).cannot_chg_passwd) return refuse(105);
			request.nas.setPassword(user.name, password);
		}
		if (typeof description === 'string') user.description = description;
		if (typeof email === 'string') user.email = email;
		return {};
	}),
	'SYNO.Personal.Application.Info.get': everybody(({ user, request }) => {
		const applications = allApps()
			.filter((app) => request.nas.allows(user, app))
			.map((app) => ({
				id: app,
				appname: app,
				name: app.split('.').at(-2),
				description: '',
				type: 'app',
				launch_url: '/',
				badge: 0,
			}));
		return { data: { applications, total: applications.length } };
	}),
	'SYNO.SecureSignIn.Method.get': everybody(({ user }) => ({
		data: {
			mode: 'passwd',
			status: user.otpSecret === undefined ? 'disabled' : 'enabled',
			auth_type: ['passwd', ...(user.otpSecret === undefined ? [] : user.factors)],
			time: 0,
		},
	})),
	'SYNO.SecureSignIn.Authenticator.list': everybody(() => ({ data: { authenticators: [] } })),
	'SYNO.SecureSignIn.Fido.Manage.list': everybody(() => ({ data: { fidos: [] } })),
	'SYNO.Core.OTP.get': everybody(({ user }) => (user.otpSecret === undefined ? refuse(NOT_CONFIGURED) : { data: {} })),
	'SYNO.Core.SmartBlock.User.list': everybody(({ user }) => {
		const devices = user.trustedDevices.map(({ name, createdAt }) => ({ name, time: Math.floor(createdAt / 1000) }));
		return { data: { devices, total: devices.length } };
	}),
};
