import { startQuickConnect, type QuickConnectSite } from '../../src/simulator/core/quickconnect';
import { withNas, type Scene } from '../support/nas';

export interface Directory {
	/** Site and command of each question. */
	asked: () => string[];
}

/** A NAS with the QuickConnect id `alice-home`, behind a directory whose records are made from the NAS's own port. */
export async function behindDirectory(
	sites: (port: number) => QuickConnectSite[],
	run: (scene: Scene & Directory) => Promise<void>,
): Promise<void> {
	let directory: Awaited<ReturnType<typeof startQuickConnect>> | undefined;
	const quickConnect = {
		get directory() {
			return directory!.url;
		},
		server: (host: string) => `http://${host}/Serv.php`,
	};
	await withNas(
		{ tls: true, connection: { tls: 'ignore', url: 'alice-home' }, pool: { quickConnect } },
		async (scene) => {
			directory = await startQuickConnect({ sites: sites(Number(new URL(scene.simulator.url).port)) });
			const { requests, close } = directory;
			try {
				await run({ ...scene, asked: () => requests.map(({ site, command }) => `${site} ${command}`) });
			} finally {
				await close();
			}
		},
	);
}
