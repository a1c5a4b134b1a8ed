import type { Server } from '../process.cjs';

export function installQueue(): Promise<void>;

export interface Queue {
	main(): Promise<Server & { url: string }>;
	worker(name: string): Promise<Server>;
	stop(): Promise<void>;
}

export function startQueue(options: { packageDir?: string }): Promise<Queue>;
