import { startSimulator } from '../../simulator';
import { chatOf } from '../../simulator/services/chat';
import { filesOf } from '../../simulator/services/file';

/*
 * The simulator as a program of its own, told by messages what shall happen; each answer tells how many requests came since the one
 * before.
 */

/** What shall happen. */
export interface Happening {
	/** Milliseconds before each answer from now on. */
	latency?: number;
	/** Uploads may name their call in the parts of the body, as on DSM 6. */
	routingInParts?: boolean;
	/** So many files more in `/docs/many`: `0.txt`, `1.txt`. */
	files?: number;
	/** So many channels more, with the account and bob as members. */
	channels?: number;
	/** So many messages of bob, in turn over those channels. */
	messages?: number;
}

const channels: string[] = [];
let posted = 0;
let written = 0;

async function main(): Promise<void> {
	const simulator = await startSimulator({
		host: '127.0.0.1',
		tls: process.argv.includes('--tls'),
		allowUnknown: true,
		history: 100_000,
	});
	const { url, account, password, nas } = simulator;
	const chat = chatOf(nas);
	const happen = ({ latency, routingInParts, files = 0, channels: more = 0, messages = 0 }: Happening): void => {
		if (latency !== undefined) nas.faults.latency(latency);
		if (routingInParts !== undefined) nas.switches.routingInParts = routingInParts;
		for (let index = 0; index < files; index++) filesOf(nas).write(`/docs/many/${written++}.txt`);
		for (let index = 0; index < more; index++) {
			const name = `bench-${channels.length}`;
			chat.openChannel('bob', { name, type: 'public' }, [account]);
			channels.push(name);
		}
		for (let index = 0; index < messages; index++) {
			chat.postAs('bob', channels[posted % channels.length]!, `message ${posted}`);
			posted++;
		}
	};
	process.send?.({ url, account, password });
	process.on('message', (what: Happening) => {
		happen(what);
		process.send?.({ requests: simulator.requests.length });
		simulator.requests.length = 0;
	});
	process.on('disconnect', () => process.exit());
}

void main();
