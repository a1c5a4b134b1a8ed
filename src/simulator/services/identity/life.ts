import type { Scene } from '../../core/life';
import { identityOf, type IdentityState } from './state';

type IdentityScene = (identity: IdentityState, round: number) => void;

const ip = (round: number): string => `198.51.100.${(round % 200) + 1}`;

const scenes: IdentityScene[] = [
	(identity, round) => identity.signIn('carol', ip(round)),
	(identity, round) => identity.failSignIn('admin', ip(round)),
	({ nas, now }, round) => void nas.autoBlock.deny.set(ip(round), now),
	({ nas }, round) => nas.autoBlock.lift(ip(round)),
	(identity) => identity.join('bob', 'administrators'),
	(identity) => identity.leave('bob', 'administrators'),
	(identity) => void identity.connect('carol', '192.0.2.30'),
	({ nas }) => void nas.connections.splice(0),
];

/** Somebody signs in from elsewhere, an address is blocked and let in again, groups change. */
export const identityScenes: Scene[] = scenes.map<Scene>((scene) => (nas, round) => scene(identityOf(nas), round));
