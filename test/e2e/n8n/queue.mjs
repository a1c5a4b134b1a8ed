// n8n in queue mode: PostgreSQL, Redis, a main process and workers, on ports of their own, in a temporary folder.
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, installDebian, run, startProcess } from '../process.cjs';
import { startN8n, startWorker } from './server.mjs';

const POSTGRES = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';

/** Database and queue from Debian. The servers that these packages may start are left alone and not used. */
export async function installQueue() {
	const missing = { [POSTGRES]: 'postgresql', [REDIS]: 'redis-server' };
	for (const [file, name] of Object.entries(missing)) await installDebian(file, [name]);
}

/**
 * Settings that tell a dead worker within a minute, where n8n's own take up to a minute and a half. With shorter ones n8n takes runs for
 * dead whose worker is only busy: their lock was not renewed, or not set before the second check.
 */
const QUICK = {
	QUEUE_WORKER_LOCK_DURATION: '30000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '20000',
};

/** A queue without n8n's processes; `main()` and `worker(name)` start those, in a user folder each, which they keep. */
export async function startQueue({ packageDir }) {
	const folder = await mkdtemp(path.join(tmpdir(), 'synoflow-queue-'));
	const database = await startPostgres();
	const redis = await startRedis(folder);
	const env = {
		...QUICK,
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'n8n',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
	const running = new Set();
	const started = async (name, start) => {
		const userFolder = path.join(folder, name);
		await mkdir(userFolder, { recursive: true });
		const server = await start({ userFolder, packageDir, env });
		running.add(server);
		return server;
	};
	return {
		main: async () => await started('main', startN8n),
		worker: async (name) => await started(name, startWorker),
		async stop() {
			await Promise.all([...running].map((server) => server.stop()));
			await redis.stop();
			await database.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function startRedis(cwd) {
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const ready = () => run('redis-cli', ['-p', String(port), 'ping']);
	return { ...(await startProcess('redis', args, { command: REDIS, cwd, ready })), port };
}

/** An empty database that trusts whoever connects, and writes nothing through to the disk. PostgreSQL refuses to run as root. */
async function startPostgres() {
	const [version] = (await readdir(POSTGRES)).sort((one, other) => Number(other) - Number(one));
	const bin = (name) => path.join(POSTGRES, version, 'bin', name);
	const port = await freePort();
	const user = await postgresUser();
	const folder = await mkdtemp(path.join(tmpdir(), 'synoflow-postgres-'));
	if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
	const data = path.join(folder, 'data');
	const init = ['-D', data, '-A', 'trust', '-U', 'n8n', '--encoding=UTF8', '--no-locale', '--no-sync'];
	await run(bin('initdb'), init, { cwd: folder, ...user });
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: folder,
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const server = await startProcess('postgres', ['-D', data, '-p', String(port), ...args], {
		command: bin('postgres'),
		cwd: folder,
		user,
		ready: () => run(bin('pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n']),
	});
	const stop = async () => {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	};
	return { port, stop };
}

/** Debian's user `postgres` where this runs as root, else whoever runs this. */
async function postgresUser() {
	if (process.getuid() !== 0) return {};
	const id = async (flag) => Number(await run('id', [flag, 'postgres']));
	return { uid: await id('-u'), gid: await id('-g') };
}
