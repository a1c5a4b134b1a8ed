import type { Server } from '../process.cjs';

export function installN8n(): Promise<void>;
export function startN8n(options: {
	port?: number;
	userFolder: string;
	packageDir?: string;
	packageName?: string;
	env?: Record<string, string | undefined>;
}): Promise<Server & { url: string }>;
export function startWorker(options: {
	userFolder: string;
	packageDir?: string;
	env: Record<string, string>;
}): Promise<Server>;
