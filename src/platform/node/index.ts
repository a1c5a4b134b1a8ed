import type { Platform } from '../types';

/** Loads a part when it is first used: nodes are listed by hosts that never run them. */
function part<T>(load: () => T): () => T {
	let loaded: T | undefined;
	return () => (loaded ??= load());
}

const certificate = part(() => require('./certificate') as typeof import('./certificate'));
const compression = part(() => require('./compression') as typeof import('./compression'));
const datagram = part(() => require('./datagram') as typeof import('./datagram'));
const limit = part(() => require('./limit') as typeof import('./limit'));
const program = part(() => require('./program') as typeof import('./program'));
const stream = part(() => require('./stream') as typeof import('./stream'));
const threads = part(() => require('./threads') as typeof import('./threads'));
const time = part(() => require('./time') as typeof import('./time'));
const transport = part(() => require('./transport') as typeof import('./transport'));

/** Node.js with its built-ins, and undici. */
export const platform: Platform = {
	capabilities: { realtime: true, proxy: true, threads: true, datagram: true },
	createTransport: (settings, proxy) => transport().createTransport(settings, proxy),
	shownFingerprint: async (origin) => await certificate().shownFingerprint(origin),
	sleep: async (milliseconds, signal) => await time().sleep(milliseconds, signal),
	later: (milliseconds, run) => time().later(milliseconds, run),
	turn: async () => await time().turn(),
	streamOf: (bytes, onDestroy) => stream().streamOf(bytes, onDestroy),
	deflated: async (text) => await compression().deflated(text),
	inflated: async (bytes) => await compression().inflated(bytes),
	withinTime: (milliseconds, work) => limit().withinTime(milliseconds, work),
	inThread: async (work, milliseconds) => await threads().inThread(work, milliseconds),
	broadcast: async (packets, to) => await datagram().broadcast(packets, to),
	environment: () => program().environment(),
	writtenText: (file) => program().writtenText(file),
	useHost: () => undefined,
};
