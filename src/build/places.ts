import { createServer } from 'node:net';
import path from 'node:path';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';

/** Name under which the package is published. */
export const PACKAGE = '@synoflow/n8n-nodes-synology';

/** Name of the edition for n8n that keeps to what n8n verifies. */
export const STRICT = '@synoflow/n8n-nodes-synology-strict';

/** Root of the project, whether this file runs as a source or compiled. */
export const root = [path.join(__dirname, '../..'), path.join(__dirname, '../../..')].find((folder) =>
	existsSync(path.join(folder, 'package.json')),
)!;

/** An empty folder under `.cache` for a program's user data. */
export function freshFolder(name: string): string {
	const folder = path.join(root, '.cache', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** Makes the built package look installed in `<folder>/node_modules`. */
export function linkPackage(folder: string): void {
	const link = path.join(folder, 'node_modules', PACKAGE);
	mkdirSync(path.dirname(link), { recursive: true });
	symlinkSync(root, link, 'junction');
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
