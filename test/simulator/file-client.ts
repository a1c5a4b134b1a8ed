import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { filesOf, type FileState } from '../../src/simulator/services/file';
import { type Answer, call, type Form, login, type Login } from './client';

/** A simulated NAS with File Station, driven as foreign clients do. */
export interface Bench {
	nas: Simulator;
	clock: SettableClock;
	files: FileState;
	alice: Login;
	/** A call as alice: `ask('List.list', 2, { folder_path: '"/docs"' })`. */
	ask: (name: string, version: number, params?: Form) => Promise<Answer>;
	/** Code of the error; 0: success. */
	code: (name: string, version: number, params?: Form) => Promise<number>;
	/** Starts a task, asks for its state until it has ended, and gives the last answer. */
	finish: (api: string, version: number, params: Form) => Promise<Answer>;
}

export async function bench(account = 'alice'): Promise<Bench> {
	const clock = new SettableClock(Date.UTC(2026, 0, 5, 8));
	const nas = await startSimulator({ clock });
	const alice = await login(nas, { account });
	const ask: Bench['ask'] = async (name, version, params = {}) => {
		const at = name.lastIndexOf('.');
		return await call(nas, alice, `SYNO.FileStation.${name.slice(0, at)}`, name.slice(at + 1), version, params);
	};
	const finish: Bench['finish'] = async (api, version, params) => {
		const { json } = await ask(`${api}.start`, version, params);
		const taskid = JSON.stringify(json.data.taskid);
		for (;;) {
			const answer = await ask(`${api}.status`, version, { taskid });
			if (answer.json.data?.finished !== false) return answer;
		}
	};
	const code: Bench['code'] = async (...given) => (await ask(...given)).json.error?.code ?? 0;
	return { nas, clock, files: filesOf(nas.nas), alice, ask, code, finish };
}
