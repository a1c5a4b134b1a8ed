#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { releases, type Simulator, type SimulatorOptions, startSimulator } from '.';
import { isLie, LIES } from './core/lies';
import { learnedOf } from './core/learned';
import { startLife } from './core/life';
import { isRelease, NEWEST_WHOLE } from './core/releases';
import { nameOf } from './core/warrants';

const USAGE =
	`Usage: simulator [--port N] [--host ADDRESS] [--tls] [--dsm ${releases.join('|')}] [--packages ID,ID,...] [--otp] ` +
	`[--account admin|user] [--life] [--learned VERSION] [--lie ${Object.keys(LIES).join('|')}]`;

/** Runs the simulator alone. First line on stdout: JSON `{ url, account, password, otpSecret? }`. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			host: { type: 'string', default: '127.0.0.1' },
			tls: { type: 'boolean', default: false },
			dsm: { type: 'string', default: NEWEST_WHOLE },
			packages: { type: 'string' },
			otp: { type: 'boolean', default: false },
			account: { type: 'string', default: 'admin' },
			life: { type: 'boolean', default: false },
			learned: { type: 'string' },
			lie: { type: 'string', multiple: true, default: [] as string[] },
		},
	});
	const { dsm, account, host, tls, otp } = values;
	const port = Number(values.port);
	if (!isRelease(dsm) || (account !== 'admin' && account !== 'user') || !Number.isInteger(port)) throw new Error(USAGE);
	if (!values.lie.every(isLie)) throw new Error(USAGE);
	const options: SimulatorOptions = {
		...{ port, host, tls, dsm, otp, account },
		...(values.packages !== undefined && { packages: values.packages.split(',') }),
		allowUnknown: true,
		onUnknown: (call) => void process.stderr.write(`Nobody knows how a NAS answers ${nameOf(call)}.\n`),
	};
	const simulator = await startSimulator(options);
	for (const lie of values.lie) if (isLie(lie)) simulator.nas.lie(lie);
	if (values.learned !== undefined) simulator.nas.learned.learn(learnedOf(values.learned));
	const { url, password, otpSecret } = simulator;
	process.stdout.write(
		`${JSON.stringify({ url, account: simulator.account, password, ...(otpSecret && { otpSecret }) })}\n`,
	);
	const life = values.life ? startLife(simulator) : undefined;
	stopOnSignals(simulator, () => life?.stop());
}

function stopOnSignals(simulator: Simulator, before: () => void): void {
	const stop = (): void => {
		before();
		simulator.close().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
