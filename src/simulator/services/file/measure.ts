import { createHash } from 'node:crypto';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { open, walk } from '../../core/volume';
import { type FileCall, guarded, textList, textOf } from './call';
import { statusOf, stopTask } from './tasks';

/** Tasks that only read: their result is forgotten once it was told (filestation.md 4.9, 4.10). */
export const measureBehaviours: BehaviourTable = {
	'SYNO.FileStation.DirSize.start': guarded(startSize),
	'SYNO.FileStation.DirSize.status': guarded(
		async (call) => await statusOf(call, () => ({ num_dir: 0, num_file: 0, total_size: 0 }), 101),
	),
	'SYNO.FileStation.DirSize.stop': guarded(stopTask),
	'SYNO.FileStation.MD5.start': guarded(startDigest),
	'SYNO.FileStation.MD5.status': guarded(async (call) => await statusOf(call, () => ({}), 101)),
	'SYNO.FileStation.MD5.stop': guarded(stopTask),
};

function startSize(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	const sum = { num_dir: 0, num_file: 0, total_size: 0 };
	const steps = paths.map((path) => {
		const entry = state.get(user, path);
		return () => {
			for (const one of walk(entry)) {
				if (one.kind === 'folder') sum.num_dir += 1;
				else Object.assign(sum, { num_file: sum.num_file + 1, total_size: sum.total_size + one.size });
			}
			return 0;
		};
	});
	return state.tasks.start(call, { steps, total: 0, path: paths[0] ?? '', code: 400, result: () => sum });
}

function startDigest(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const path = textOf(params.file_path);
	if (path === undefined) return { error: 400 };
	const entry = state.get(user, path);
	if (entry.kind !== 'file') return { error: 408 };
	let md5 = '';
	const step = async () => {
		const hash = createHash('md5');
		for await (const chunk of open(entry)) hash.update(chunk as Buffer);
		md5 = hash.digest('hex');
		return entry.size;
	};
	return state.tasks.start(call, { steps: [step], total: entry.size, path, code: 400, result: () => ({ md5 }) });
}
