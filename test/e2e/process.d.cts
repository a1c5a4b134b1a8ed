export const root: string;
export const node24: string;
export function node24Env(): NodeJS.ProcessEnv;
export function freePort(): Promise<number>;
export function until<T>(
	what: string,
	ask: () => Promise<T> | T,
	options?: { within?: number; every?: number },
): Promise<Exclude<T, undefined | null | false>>;
export function run(
	command: string,
	args: readonly string[],
	options?: { show?: boolean; cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<string>;
export interface Server {
	log(): string;
	stop(): Promise<void>;
	kill(): Promise<void>;
	readonly pid: number | undefined;
}
export function startProcess(
	name: string,
	args: readonly string[],
	options: {
		command?: string;
		env?: NodeJS.ProcessEnv;
		cwd?: string;
		user?: { uid?: number; gid?: number };
		within?: number;
		ready: (server: Server) => Promise<unknown> | unknown;
	},
): Promise<Server & { answer: unknown }>;
export function installDebian(file: string, packages: readonly string[]): Promise<void>;
