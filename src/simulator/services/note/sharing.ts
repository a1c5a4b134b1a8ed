import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { behaviour, done, thingOf, type NoteCall } from './call';
import { refuse, required, text } from './params';
import { GIDS } from './store';
import type { Acl, Thing } from './types';

/** Sharing (notestation.md 9). */
export const sharingBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Permission.set': behaviour((call) => {
		const thing = shareable(call);
		if (thing.acl?.enabled && call.state.switches.refusesSecondPermission) return refuse(114);
		thing.acl = { ...aclOf(thing), enabled: call.params.enabled !== false };
		return done;
	}),
	'SYNO.NoteStation.Permission.delete': behaviour((call) => {
		delete shareable(call).acl;
		return done;
	}),
	// Public shares can be viewed only.
	'SYNO.NoteStation.Permission.Public.set': behaviour((call) => {
		aclOf(shareable(call)).public = { inherit: false, perm: permOf(call, ['ro']) };
		return done;
	}),
	'SYNO.NoteStation.Permission.Public.delete': behaviour((call) => {
		delete aclOf(shareable(call)).public;
		return done;
	}),
	'SYNO.NoteStation.Permission.User.set': behaviour((call) => {
		const user =
			call.state.nas.users.get(required(text(call.params, 'username'))) ?? refuse(call.state.switches.missingCode);
		const row = { inherit: false, name: user.name, perm: permOf(call, ['ro', 'rw']) };
		aclOf(shareable(call)).dsm_user[user.uid] = row;
		return done;
	}),
	'SYNO.NoteStation.Permission.User.delete': behaviour((call) => removed(call, 'dsm_user', 'username')),
	'SYNO.NoteStation.Permission.Group.set': behaviour((call) => {
		const name = required(text(call.params, 'groupname'));
		const gid = GIDS[name] ?? refuse(call.state.switches.missingCode);
		aclOf(shareable(call)).dsm_group[gid] = { inherit: false, name, perm: permOf(call, ['ro', 'rw']) };
		return done;
	}),
	'SYNO.NoteStation.Permission.Group.delete': behaviour((call) => removed(call, 'dsm_group', 'groupname')),
	'SYNO.NoteStation.Shard.Link.get': behaviour((call) => {
		const { link_id } = shareable(call);
		required(text(call.params, 'mode'));
		const { hostname } = new URL(`http://${String(call.request.http.headers.host)}`);
		const { ddnsHostname } = call.state.nas.capabilities;
		return { data: { mode: 'ddns', url: `https://${ddnsHostname || hostname}:5001/ns/sharing/${link_id}` } };
	}),
};

/** Only the owner shares. */
function shareable(call: NoteCall): Thing {
	const { state, me } = call;
	const all = new Map<string, Thing>([...state.notes, ...state.notebooks, ...state.smarts]);
	const thing = thingOf(call, all);
	return thing.owner === me.uid ? thing : refuse(105);
}

/** Rows given before sharing was switched on count only afterwards. */
function aclOf(thing: Thing): Acl {
	thing.acl ??= { enabled: false, dsm_user: {}, dsm_group: {} };
	return thing.acl;
}

function permOf({ params }: NoteCall, known: string[]): string {
	const perm = required(text(params, 'perm'));
	return known.includes(perm) ? perm : refuse(114);
}

function removed(call: NoteCall, rows: 'dsm_user' | 'dsm_group', parameter: string): ApiReply {
	const name = required(text(call.params, parameter));
	const acl = aclOf(shareable(call));
	acl[rows] = Object.fromEntries(Object.entries(acl[rows]).filter(([, row]) => row.name !== name));
	return done;
}
