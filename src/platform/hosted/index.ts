import type { Platform } from '../types';
import { shownFingerprint } from './certificate';
import { deflated, inflated } from './compression';
import { useHost } from './host';
import { streamOf } from './stream';
import { later, sleep, turn } from './time';
import { createTransport } from './transport';

/** What n8n lends to nodes that it verifies, and standards of the web. Nothing of Node.js but `node:crypto`. */
export const platform: Platform = {
	capabilities: { realtime: false, proxy: false, threads: false, datagram: false },
	createTransport,
	shownFingerprint,
	sleep,
	later,
	turn,
	streamOf,
	deflated,
	inflated,
	withinTime: (_milliseconds, work) => ({ value: work() }),
	inThread: async () => await Promise.reject(new Error('n8n gives nodes no threads.')),
	broadcast: async () => await Promise.reject(new Error('n8n lets nodes send no packets of UDP.')),
	environment: () => ({}),
	writtenText,
	useHost,
};

/** The build writes it beside the compiled files, where it can be required as it is. */
function writtenText(file: string): string | undefined {
	try {
		return JSON.stringify(require(`../../../${file}`));
	} catch {
		return undefined;
	}
}
