import { startSimulator, SettableClock, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { driveOf, type DriveState } from '../../src/simulator/services/drive';
import { call, login, type Answer, type Form, type Login } from './client';

/** A NAS with Drive, and somebody who speaks to it by plain requests. */
export interface Talk {
	simulator: Simulator;
	drive: DriveState;
	clock: SettableClock;
	who: Login;
	/** One call of `SYNO.SynologyDrive.*` at the first door; values go as they are written. */
	ask: (api: string, method: string, version: number, params?: Form) => Promise<Answer>;
}

export async function talk(
	run: (talk: Talk) => Promise<void>,
	options: SimulatorOptions & { as?: string } = {},
): Promise<void> {
	const { as, ...rest } = options;
	const clock = new SettableClock(Date.parse('2026-11-22T12:00:00Z'));
	const simulator = await startSimulator({ clock, ...rest });
	try {
		const who = await login(simulator, as === undefined ? {} : { account: as });
		const ask: Talk['ask'] = async (api, method, version, params = {}) =>
			await call(
				simulator,
				who,
				api === '' ? 'SYNO.SynologyDrive' : `SYNO.SynologyDrive.${api}`,
				method,
				version,
				params,
			);
		await run({ simulator, drive: driveOf(simulator.nas), clock, who, ask });
	} finally {
		await simulator.close();
	}
}
