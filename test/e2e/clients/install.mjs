// Other people's clients and servers: npm packages from the lock file beside this one, Debian packages.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebian, node24Env, run } from '../process.cjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Programs that Debian carries, by the file that shows that they are there. */
const DEBIAN = {
	'/usr/bin/vdirsyncer': 'vdirsyncer',
	'/usr/bin/radicale': 'radicale',
	'/usr/bin/xandikos': 'xandikos',
	'/usr/bin/docker-compose': 'docker-compose',
	'/usr/lib/python3/dist-packages/caldav': 'python3-caldav',
};

/** Installs what is not there yet: about 30 MB from npm, 60 MB from Debian. */
export async function installClients() {
	if (!(await areInstalled())) await run('npm', ['ci', '--ignore-scripts'], { cwd: here, env: node24Env() });
	const missing = Object.keys(DEBIAN).find((file) => !existsSync(file));
	if (missing !== undefined) await installDebian(missing, Object.values(DEBIAN));
}

async function areInstalled() {
	const { dependencies } = JSON.parse(await readFile(path.join(here, 'package.json'), 'utf8'));
	const versions = Object.entries(dependencies).map(async ([name, wanted]) => {
		const manifest = path.join(here, 'node_modules', name, 'package.json');
		return existsSync(manifest) && JSON.parse(await readFile(manifest, 'utf8')).version === wanted;
	});
	return (await Promise.all(versions)).every(Boolean);
}
