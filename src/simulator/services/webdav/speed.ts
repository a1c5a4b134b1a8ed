import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import type { Nas } from '../../core/nas';
import { admin, objects, type Params } from '../system/call';
import { webdavOf, type Limit } from './state';

/** Bare and malformed calls (webdav.md 11). */
const MALFORMED: ApiReply = { error: 5300 };
const PROTOCOLS = ['FTP', 'WebDAV', 'FileStation'];
const KEYS = ['upload_limit_1', 'download_limit_1', 'upload_limit_2', 'download_limit_2'] as const;

const none = (): Limit => ({
	policy: 'notexist',
	upload_limit_1: 0,
	download_limit_1: 0,
	upload_limit_2: 0,
	download_limit_2: 0,
	schedule_plan: '1'.repeat(168),
});

const keyOf = (owner_type: string, name: string, protocol: string): string => `${owner_type}/${name}/${protocol}`;

function isThere(nas: Nas, { owner_type, name }: Params): boolean {
	if (typeof name !== 'string') return false;
	return owner_type === 'local_user' ? nas.users.has(name) : owner_type === 'local_group';
}

/** Speed limits (webdav.md 8): reading only in version 2, writing in version 1. */
export const speedBehaviours: BehaviourTable = {
	'SYNO.Core.BandwidthControl.get': admin(({ params, request: { nas, version } }) => {
		if (version !== 2 || !isThere(nas, params)) return MALFORMED;
		const [owner_type, name] = [String(params.owner_type), String(params.name)];
		const { limits } = webdavOf(nas);
		const bandwidths = PROTOCOLS.map((protocol) => ({
			name,
			owner_type,
			protocol,
			protocol_ui: protocol,
			...(limits.get(keyOf(owner_type, name, protocol)) ?? none()),
		}));
		return { data: { bandwidths } };
	}),
	'SYNO.Core.BandwidthControl.set': admin(({ params, request: { nas } }) => {
		if (params.bandwidths === undefined) return MALFORMED;
		const rows = objects(params, 'bandwidths');
		const isFit = (row: Params) =>
			isThere(nas, row) &&
			KEYS.every((key) => typeof row[key] === 'number') &&
			String(row.schedule_plan).length === 168;
		if (!rows.every(isFit)) return MALFORMED;
		const { limits } = webdavOf(nas);
		for (const { owner_type, name, protocol, policy, ...row } of rows) {
			const limit = Object.fromEntries([...KEYS, 'schedule_plan' as const].map((key) => [key, row[key]]));
			limits.set(keyOf(String(owner_type), String(name), String(protocol)), { policy, ...limit } as unknown as Limit);
		}
		return { data: { results: rows.map(() => true) } };
	}),
	'SYNO.Core.BandwidthControl.Status.list': admin(() => ({ data: { status: [] } })),
};
