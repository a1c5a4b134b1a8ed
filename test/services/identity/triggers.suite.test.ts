import { describe } from '@jest/globals';
import type { Scene } from '../../support/nas';
import { tellsBoth } from '../../support/trigger-suite';
import { stage, triggers } from './stage';

/** Enough users that each event can be about one of its own. */
const numbers = Array.from({ length: 14 }, (_, n) => n);
const withUsers = (scene: Scene) => numbers.forEach((n) => stage(scene).addUser(`user${n}`));
const withGroups = (scene: Scene) => numbers.forEach((n) => stage(scene).addGroup(`group${n}`));
const user = (scene: Scene, n: number) => scene.simulator.nas.user(`user${n}`);
/** A log of one line does not show that a list of it leaves out some. */
const withLines = (scene: Scene) => [1, 2, 3].forEach(() => stage(scene).signIn('carol', '192.0.2.9'));
const ip = (n: number) => `198.51.100.${n + 1}`;
const OTP = 'JBSWY3DPEHPK3PXP';

describe('sign-ins', () => {
	tellsBoth({
		trigger: triggers.signedIn,
		given: {},
		before: (scene) => [withUsers(scene), withLines(scene)],
		happen: (scene, n) => (stage(scene).signIn(`user${n}`, ip(n)), `user${n}`),
		nameOf: ({ user: name }) => name,
		noise: (scene) => stage(scene).failSignIn('bob', '192.0.2.9'),
	});
	tellsBoth({
		trigger: triggers.signInFailed,
		given: {},
		before: withLines,
		happen: (scene, n) => (stage(scene).failSignIn('admin', ip(n)), ip(n)),
		nameOf: ({ address }) => address,
		noise: (scene) => stage(scene).signIn('bob', '192.0.2.9'),
		many: 70,
	});
	tellsBoth({
		trigger: triggers.newPlace,
		given: {},
		before: withLines,
		happen: (scene, n) => (stage(scene).signIn('carol', ip(n)), ip(n)),
		nameOf: ({ address }) => address,
		noise: (scene) => stage(scene).signIn('carol', '192.0.2.9'),
	});
});

describe('security', () => {
	tellsBoth({
		trigger: triggers.addressBlocked,
		given: {},
		happen: ({ simulator: { nas } }, n) => (nas.autoBlock.deny.set(ip(n), nas.clock.now()), ip(n)),
		nameOf: ({ ip: address }) => address!,
		noise: ({ simulator: { nas } }) => nas.autoBlock.allow.set('192.0.2.9', 0),
	});
	tellsBoth({
		trigger: triggers.accountLocked,
		given: {},
		before: withUsers,
		happen: (scene, n) => (stage(scene).lock(`user${n}`), `user${n}`),
		nameOf: ({ name }) => name!,
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.sessionOpened,
		given: { who: 'bob' },
		happen: (scene, n) => (stage(scene).connect('bob', ip(n)), ip(n)),
		nameOf: ({ from }) => from!,
		noise: (scene) => stage(scene).connect('carol', '192.0.2.9'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.sessionEnded,
		given: { who: 'bob' },
		before: (scene) => numbers.forEach((n) => stage(scene).connect('bob', ip(n))),
		happen: (scene, n) => {
			const { connections } = scene.simulator.nas;
			stage(scene).disconnect(connections.find(({ from }) => from === ip(n))!);
			return ip(n);
		},
		nameOf: ({ from }) => from!,
		noise: (scene) => stage(scene).connect('carol', '192.0.2.9'),
		anyOrder: true,
	});
});

describe('accounts', () => {
	tellsBoth({
		trigger: triggers.userCreated,
		given: {},
		happen: (scene, n) => (stage(scene).addUser(`user${n}`), `user${n}`),
		nameOf: ({ name }) => name,
		noise: (scene) => (scene.simulator.nas.user('bob').email = 'robert@example.com'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.userChanged,
		given: {},
		before: withUsers,
		happen: (scene, n) => ((user(scene, n).email = 'new@example.com'), `user${n}`),
		nameOf: ({ name }) => name,
		noise: (scene) => stage(scene).expire(user(scene, 13), 'now'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.userDisabled,
		given: {},
		before: withUsers,
		happen: (scene, n) => (stage(scene).expire(user(scene, n), n % 2 ? 'now' : '2020/1/31'), `user${n}`),
		nameOf: ({ name }) => name,
		noise: (scene) => stage(scene).expire(user(scene, 13), '2099/12/31'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.twoFactorDisabled,
		given: {},
		before: (scene) => (withUsers(scene), numbers.slice(0, 13).forEach((n) => (user(scene, n).otpSecret = OTP))),
		happen: (scene, n) => (delete user(scene, n).otpSecret, `user${n}`),
		nameOf: ({ name }) => name,
		noise: (scene) => (user(scene, 13).otpSecret = OTP),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.groupCreated,
		given: {},
		happen: (scene, n) => stage(scene).addGroup(`group${n}`).name,
		nameOf: ({ name }) => name,
		noise: (scene) => stage(scene).join('bob', 'http'),
	});
	tellsBoth({
		trigger: triggers.groupChanged,
		given: {},
		before: withGroups,
		happen: (scene, n) => {
			stage(scene).groups.find(({ name }) => name === `group${n}`)!.description = 'New';
			return `group${n}`;
		},
		nameOf: ({ name }) => name,
		noise: (scene) => stage(scene).join('bob', 'group13'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.membershipChanged,
		given: { group: 'http' },
		before: withUsers,
		happen: (scene, n) => (stage(scene).join(`user${n}`, 'http'), `user${n}`),
		nameOf: ({ user: name }) => name,
		noise: (scene) => stage(scene).join('bob', 'administrators'),
		anyOrder: true,
	});
});
