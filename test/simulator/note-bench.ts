import { afterEach } from '@jest/globals';
import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { noteOf, type NoteState } from '../../src/simulator/services/note';
import { call, login, type Answer, type Login } from './client';

/** A NAS with Note Station whose clock moves only when told, and a plain HTTP client written from notestation.md. */
export interface NoteBench {
	simulator: Simulator;
	state: NoteState;
	clock: SettableClock;
	who: Login;
	/** Sends `'Note.list'` with values encoded as JSON. */
	ask: (name: string, version: number, params?: Record<string, unknown>) => Promise<Answer['json']>;
	/** Values as they are. */
	bare: (name: string, version: number, params: Record<string, string>) => Promise<Answer['json']>;
	as: (account: string) => Promise<NoteBench>;
}

const running: Simulator[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

export async function noteBench(): Promise<NoteBench> {
	const clock = new SettableClock();
	const simulator = await startSimulator({ clock });
	running.push(simulator);
	return await bench(simulator, clock, 'alice');
}

async function bench(simulator: Simulator, clock: SettableClock, account: string): Promise<NoteBench> {
	const who = await login(simulator, { account });
	const bare: NoteBench['bare'] = async (name, version, params) => {
		const at = name.lastIndexOf('.');
		const api = `SYNO.NoteStation.${name.slice(0, at)}`;
		return (await call(simulator, who, api, name.slice(at + 1), version, params)).json;
	};
	return {
		...{ simulator, state: noteOf(simulator.nas), clock, who, bare },
		ask: async (name, version, params = {}) =>
			await bare(
				name,
				version,
				Object.fromEntries(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)])),
			),
		as: async (other) => await bench(simulator, clock, other),
	};
}

/** An error of Note Station as it comes (notestation.md 1.10). */
export const refused = (code: number) => ({ success: false, error: { code, errors: { synodrive: 0 } } });
