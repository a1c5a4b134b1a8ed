import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import type { Nas, ServiceConnection, Session } from '../nas';

/** Connections, Auto Block and trusted devices (identity.md 6). */
export const securityBehaviours: BehaviourTable = {
	'SYNO.Core.CurrentConnection.list': adminOnly(listConnections),
	'SYNO.Core.CurrentConnection.kick_connection': adminOnly(kick),
	'SYNO.Core.Security.AutoBlock.get': adminOnly(({ nas: { switches } }) => ({
		data: {
			attempts: switches.autoBlockAttempts,
			enable: switches.autoBlockAttempts > 0,
			expire_day: switches.autoBlockDays,
			within_mins: switches.autoBlockMinutes,
		},
	})),
	'SYNO.Core.Security.AutoBlock.set': adminOnly(setAutoBlock),
	'SYNO.Core.Security.AutoBlock.Rules.list': adminOnly(listRules),
	'SYNO.Core.Security.AutoBlock.Rules.create': adminOnly(createRules),
	'SYNO.Core.Security.AutoBlock.Rules.delete': adminOnly(deleteRules),
	'SYNO.Core.TrustDevice.get': trustedDevices,
	'SYNO.Core.TrustDevice.create': trustDevice,
	'SYNO.Core.TrustDevice.delete': distrust,
	'SYNO.Core.TrustDevice.delete_others': distrustOthers,
};

function adminOnly(behaviour: (request: ApiRequest) => ApiReply): (request: ApiRequest) => ApiReply {
	return (request) => {
		const { user, api } = request;
		return user?.administrator || user?.delegated.has(api) ? behaviour(request) : { error: 105 };
	};
}

function listConnections({ nas, session: current, params }: ApiRequest): ApiReply {
	const web = nas.sessions.list().map((session) => ({
		at: session.createdAt,
		row: connection(session, session === current),
	}));
	const others = nas.connections.map((one) => ({ at: one.since, row: serviceRow(one) }));
	const items = [...web, ...others].sort((a, b) => b.at - a.at).map(({ row }) => row);
	const start = Number(params.start ?? params.offset ?? 0);
	const limit = Number(params.limit ?? items.length);
	return { data: { items: items.slice(start, start + limit), systime: nasTime(nas.clock.now()), total: items.length } };
}

function connection(session: Session, current: boolean): Record<string, unknown> {
	const { user, ip, did, userAgent, createdAt } = session;
	return {
		who: user.name,
		from: ip,
		type: 'HTTP/HTTPS',
		protocol: 'HTTP/HTTPS',
		descr: 'DiskStation Manager',
		time: nasTime(createdAt),
		first_login_time: nasTime(createdAt),
		// All web sessions share it.
		pid: 1,
		did,
		location: '',
		user_agent: userAgent,
		is_current_connected: current,
		can_be_kicked: !current,
		user_can_be_disabled: !user.administrator,
		is_amfa: false,
		is_otp_trusted: user.trustedDevices.some(({ id }) => id === did),
	};
}

const serviceRow = ({ pid, who, from, type, descr, since }: ServiceConnection): Record<string, unknown> => ({
	pid,
	did: '',
	who,
	from,
	type,
	protocol: type,
	descr,
	location: '',
	time: nasTime(since),
	first_login_time: nasTime(since),
	can_be_kicked: true,
	user_can_be_disabled: true,
	is_current_connected: false,
	is_amfa: false,
	is_otp_trusted: false,
	user_agent: '',
});

/** `2023/09/11 17:57:20` in the NAS's zone, which is UTC. */
function nasTime(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
}

/** Both lists are always sent, an empty one as `[]` (system.md). */
function kick({ nas, params }: ApiRequest): ApiReply {
	const { http_conn, service_conn } = params;
	if (!Array.isArray(http_conn) || !Array.isArray(service_conn)) return { error: 114 };
	for (const row of http_conn as Array<Record<string, unknown>>) endSessions(nas, row);
	for (const row of service_conn as Array<Record<string, unknown>>) endConnections(nas, row);
	return {};
}

function endSessions(nas: Nas, { who, from, did }: Record<string, unknown>): void {
	const hit = nas.sessions
		.list()
		.filter((session) => session.user.name === who && session.ip === from && session.did === did);
	for (const { sid } of hit) nas.sessions.close(sid);
}

function endConnections(nas: Nas, { who, from, pid, type }: Record<string, unknown>): void {
	const hit = nas.connections.filter(
		(one) => one.who === who && one.from === from && one.pid === pid && one.type === type,
	);
	for (const one of hit) {
		nas.connections.splice(nas.connections.indexOf(one), 1);
		one.end?.();
	}
}

function listRules({ nas: { autoBlock }, params }: ApiRequest): ApiReply {
	const { type } = params;
	if (type !== 'deny' && type !== 'allow') return { error: 5100 };
	const addresses = [...autoBlock[type].keys()];
	const offset = Number(params.offset ?? 0);
	const limit = Number(params.limit ?? addresses.length);
	return { data: { ip_info: addresses.slice(offset, offset + limit), total: addresses.length } };
}

/** All four are wanted. */
function setAutoBlock({ nas: { switches }, params }: ApiRequest): ApiReply {
	const { enable, attempts, within_mins, expire_day } = params;
	if (typeof enable !== 'boolean' || [attempts, within_mins, expire_day].some((one) => typeof one !== 'number'))
		return { error: 120 };
	switches.autoBlockAttempts = enable ? Number(attempts) : 0;
	switches.autoBlockMinutes = Number(within_mins);
	switches.autoBlockDays = Number(expire_day);
	return {};
}

/** The parameter name is not recorded: any parameter that holds addresses puts them on the list. */
function createRules({ nas, params: { type, ...rest } }: ApiRequest): ApiReply {
	if (type !== 'deny' && type !== 'allow') return { error: 5100 };
	const named = Object.values(rest).flat().map(String);
	if (named.length === 0) return { error: 5103 };
	for (const ip of named) nas.autoBlock[type].set(ip, nas.clock.now());
	return {};
}

/** The parameter name is not recorded: any parameter that holds blocked addresses lifts them. */
function deleteRules({ nas: { autoBlock }, params }: ApiRequest): ApiReply {
	const named = Object.values(params).flat().map(String);
	if (named.length === 0) return { error: 5103 };
	for (const ip of named) {
		autoBlock.lift(ip);
		autoBlock.allow.delete(ip);
	}
	return {};
}

/**
 * Own trusted devices. Parameters are needed (114), but neither their names nor the answer's fields were captured: any
 * parameter will do, and the rows are inferred.
 */
function trustedDevices({ user, params }: ApiRequest): ApiReply {
	if (!user || isEmpty(params)) return { error: 114 };
	const devices = user.trustedDevices.map(({ id, name }) => ({ device_name: name, did: id }));
	return { data: { devices, total: devices.length } };
}

function trustDevice({ nas, user, session, params }: ApiRequest): ApiReply {
	if (!user || !session || isEmpty(params)) return { error: 114 };
	const named = Object.values(params).find((value) => typeof value === 'string');
	user.trustedDevices.push({ id: session.did, name: String(named ?? ''), createdAt: nas.clock.now() });
	return {};
}

/** Any parameter that holds an id of an own device revokes it: logins with that id answer 403 again. */
function distrust({ user, params }: ApiRequest): ApiReply {
	if (!user || isEmpty(params)) return { error: 114 };
	const ids = new Set(Object.values(params).flat());
	user.trustedDevices = user.trustedDevices.filter(({ id }) => !ids.has(id));
	return {};
}

function distrustOthers({ user, session }: ApiRequest): ApiReply {
	if (!user) return { error: 119 };
	user.trustedDevices = user.trustedDevices.filter(({ id }) => id === session?.did);
	return {};
}

function isEmpty(params: Record<string, unknown>): boolean {
	return Object.keys(params).length === 0;
}
