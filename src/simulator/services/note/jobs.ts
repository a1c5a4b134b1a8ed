import { readFile } from 'node:fs/promises';
import type { ApiReply, Behaviour, BehaviourTable } from '../../core/behaviour';
import { behaviour, done, noteOfCall, type NoteCall } from './call';
import { bytesAt, checkFolder, writeFile } from './disk';
import { tokenOpens } from './encryption';
import { packNsx, unpackEnex, unpackNsx } from './nsx';
import { flag, ids, objects, refuse, required, text } from './params';
import type { Job } from './types';

/** No such job (probe of a device). */
const NO_JOB = 1058;

/** Export and import (notestation.md 12). Each account has one job of a kind; those of single notes have ids. */
export const jobBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Export.Notebook.start': behaviour(exportNotebooks),
	...ofAccount('Export.Notebook'),
	'SYNO.NoteStation.Import.Notebook.start': behaviour((call) => imported(call, 'Import.Notebook', unpackNsx)),
	...ofAccount('Import.Notebook'),
	'SYNO.NoteStation.Import.Enex.start': behaviour((call) => imported(call, 'Import.Enex', unpackEnex)),
	...ofAccount('Import.Enex'),
	...ofNote('Export.Note', 'html', 'text/html'),
	...ofNote('Export.Word', 'doc', 'application/msword'),
};

/** Status and end of the one job of an account. */
function ofAccount(api: string): Record<string, Behaviour> {
	const jobOf = ({ state, me }: NoteCall): Job => state.jobs.get(`${api} ${me.uid}`) ?? refuse(NO_JOB);
	return {
		[`SYNO.NoteStation.${api}.status`]: behaviour(async (call) => await status(call, jobOf(call), api)),
		[`SYNO.NoteStation.${api}.stop`]: behaviour((call) => {
			jobOf(call).stopped = true;
			return done;
		}),
	};
}

async function status({ state }: NoteCall, job: Job, api: string): Promise<ApiReply> {
	if (job.left > 0 && !job.stopped && --job.left === 0) {
		await job.work();
		job.finish_time = state.now();
	}
	const finish = job.left === 0 || job.stopped;
	const current = job.left === 0 ? job.total : 0;
	return {
		data: {
			...{
				auto_remove: false,
				finish,
				data: { current, total: job.total, ...(finish && { finish_time: job.finish_time }) },
			},
			info: { api: `SYNO.NoteStation.${api}`, method: 'start', version: 1 },
		},
	};
}

function begin({ state, me }: NoteCall, key: string, total: number, work: () => Promise<void>): ApiReply {
	const suffix = state.ids.token(6).toUpperCase();
	const task_id = `${me.name}/NoteStation_${key.replace(/\..*/, '')}${state.nas.clock.now()}${suffix}`;
	const job: Job = { task_id, left: state.switches.jobPolls, total, stopped: false, finish_time: 0, work };
	state.jobs.set(key.includes(' ') ? key : task_id, job);
	return { data: { task_id } };
}

/** `<yyyymmdd>_<hhmmss>_<n>_<user>.nsx` in `dest`. */
function exportNotebooks(call: NoteCall): ApiReply {
	const { state, me, params } = call;
	const wanted = ids(params, 'object_id');
	const own = state.notebooksOf(me);
	const chosen = wanted === undefined ? own : own.filter(({ object_id }) => [wanted].flat().includes(object_id));
	if (chosen.length === 0) return refuse(state.switches.missingCode);
	const folder = checkFolder(call, required(text(params, 'dest')));
	const withTodos = flag(params, 'export_todo') ?? false;
	const total = chosen.reduce((sum, notebook) => sum + state.itemsOf(notebook).length, 0);
	return begin(call, `Export.Notebook ${me.uid}`, total, async () => {
		const stamp = new Date(state.nas.clock.now())
			.toISOString()
			.replace(/[-:]|\..*/g, '')
			.replace('T', '_');
		const name = `${stamp}_${total}_${me.name}.nsx`;
		await Promise.resolve(writeFile(call, `${folder}/${name}`, packNsx(state, me, chosen, withTodos)));
	});
}

type Unpack = (state: NoteCall['state'], me: NoteCall['me'], bytes: Buffer, name: string) => number;

/** A file of the NAS (`ds`) or a part of the request (`raw`). */
async function imported(call: NoteCall, api: string, unpack: Unpack): Promise<ApiReply> {
	const { state, me, params, request } = call;
	const [wish] = required(objects(params, 'file'));
	const name = required(text(wish ?? {}, 'name'));
	const part = request.files.find(({ field }) => field === name);
	const bytes =
		wish?.format === 'ds' ? await bytesAt(call, required(text(wish, 'path'))) : await readFile(required(part?.path));
	return begin(call, `${api} ${me.uid}`, 1, async () => {
		await Promise.resolve(unpack(state, me, bytes, part?.name ?? name));
	});
}

/** Export of one note: what the file looks like was not captured. */
function ofNote(api: string, ext: string, type: string): Record<string, Behaviour> {
	const jobOf = ({ state, params }: NoteCall): Job =>
		state.jobs.get(required(text(params, 'task_id'))) ?? refuse(NO_JOB);
	return {
		[`SYNO.NoteStation.${api}.start`]: behaviour((call) => {
			const note = noteOfCall(call);
			if (note.encrypt && !tokenOpens(call, note)) return refuse(call.state.switches.passwordCode);
			const content = Buffer.from(`<html><head><title>${note.title}</title></head><body>${note.content}</body></html>`);
			const reply = begin(call, api, 1, async () => await Promise.resolve());
			const job = [...call.state.jobs.values()].at(-1);
			if (job) job.file = { name: `${note.title}.${ext}`, type, content };
			return reply;
		}),
		[`SYNO.NoteStation.${api}.status`]: behaviour(async (call) => await status(call, jobOf(call), api)),
		[`SYNO.NoteStation.${api}.stop`]: behaviour((call) => {
			jobOf(call).stopped = true;
			return done;
		}),
		[`SYNO.NoteStation.${api}.download`]: behaviour((call) => {
			const job = jobOf(call);
			const { file = refuse(NO_JOB) } = job;
			if (call.params.remove === true) call.state.jobs.delete(job.task_id);
			return { file: file.content, name: file.name, type: file.type };
		}),
	};
}
