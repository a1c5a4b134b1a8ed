import { createServer } from 'node:net';
import path from 'node:path';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';

/** Root of the project: this file runs as `dist/src/build/places.js`. */
export const root = path.join(__dirname, '../../..');

/** An empty folder under `.cache` for a program's user data. */
export function freshFolder(name: string): string {
	const folder = path.join(root, '.cache', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** Makes the built package look installed in `<folder>/node_modules`. */
export function linkPackage(folder: string): void {
	const scope = path.join(folder, 'node_modules/@synoflow');
	mkdirSync(scope, { recursive: true });
	symlinkSync(root, path.join(scope, 'n8n-nodes-synology'), 'junction');
}

/** The wanted port on the loopback address, or the next free one. */
export async function freePort(wanted: number): Promise<number> {
	for (let port = wanted; port < wanted + 100; port++) if (await isFree(port)) return port;
	throw new Error(`No port from ${wanted} to ${wanted + 99} is free.`);
}

const isFree = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});

/** Runs `stop` once when the terminal or the system asks the program to end. */
export function onEnd(stop: () => Promise<void>): void {
	const end = () => void stop().finally(() => process.exit(0));
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}
