import type { Platform } from '../types';
import { deflated, inflated } from './compression';
import { environment, writtenText } from './program';
import { streamOf } from './stream';
import { later, sleep, turn } from './time';

const transport = () => require('./transport') as typeof import('./transport');
const certificate = () => require('./certificate') as typeof import('./certificate');
const threads = () => require('./threads') as typeof import('./threads');
const limit = () => require('./limit') as typeof import('./limit');
const datagram = () => require('./datagram') as typeof import('./datagram');

/** Node.js with its built-ins, and undici. What is large or seldom needed is loaded when it is first used. */
export const platform: Platform = {
	capabilities: { realtime: true, proxy: true, threads: true, datagram: true },
	createTransport: (settings, proxy) => transport().createTransport(settings, proxy),
	shownFingerprint: async (origin) => await certificate().shownFingerprint(origin),
	sleep,
	later,
	turn,
	streamOf,
	deflated,
	inflated,
	withinTime: (milliseconds, work) => limit().withinTime(milliseconds, work),
	inThread: async (work, milliseconds) => await threads().inThread(work, milliseconds),
	broadcast: async (packets, to) => await datagram().broadcast(packets, to),
	environment,
	writtenText,
	useHost: () => undefined,
};
