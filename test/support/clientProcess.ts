import { fork } from 'node:child_process';
import path from 'node:path';
import type { Call } from '../../src/core/call';
import type { ConnectionInput } from '../../src/core/connection';
import type { VirtualTime } from './virtualTime';

export interface Work {
	connection: ConnectionInput;
	call: Pick<Call, 'api' | 'method' | 'version'>;
	/** Parameters of the calls, which are made one after the other. */
	params: Record<string, unknown>[];
	/** What chance gives at first; then it is left to itself. */
	draws: number[];
}

/** Runs the work in a process of its own, whose clock and sleep are those of `time`; gives the errors of the calls that failed. */
export async function inProcess(time: VirtualTime, work: Work): Promise<string[]> {
	return await time.run(
		async () =>
			await new Promise<string[]>((resolve, reject) => {
				const child = fork(path.join(__dirname, 'clientProgram.cjs'), { execArgv: [] });
				let errors: string[] | undefined;
				child.on('message', (message: { sleep?: number; errors?: string[] }) => {
					if (message.sleep !== undefined) void time.sleep(message.sleep).then(() => child.send({ now: time.now() }));
					errors = message.errors ?? errors;
				});
				child.on('error', reject);
				child.on('exit', (code) => (errors ? resolve(errors) : reject(new Error(`The client ended with ${code}.`))));
				child.send({ now: time.now(), work });
			}),
	);
}
