import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { audioOf, type AudioState } from '../../src/simulator/services/audio';
import { login, post, type Answer, type Form, type Login } from './client';

/** A conversation with the simulated Audio Station, by plain requests. */
export interface Talk {
	simulator: Simulator;
	audio: AudioState;
	who: Login;
	/** A call on the CGI of its API: the last part of the API's name decides. */
	ask: (api: string, method: string, params?: Form, version?: number) => Promise<Answer>;
	entry: (api: string, method: string, params?: Form) => Promise<Answer>;
	later: (seconds: number) => void;
}

const CGI: Record<string, string> = {
	RemotePlayer: 'remote_player',
	RemotePlayerStatus: 'remote_player_status',
	LyricsSearch: 'lyrics_search',
};
export const pathOf = (api: string): string => `/webapi/AudioStation/${CGI[api] ?? api.toLowerCase()}.cgi`;

export async function talk(run: (talk: Talk) => Promise<void>, as = 'alice'): Promise<void> {
	const clock = new SettableClock(Date.now());
	const simulator = await startSimulator({ clock });
	try {
		const who = await login(simulator, { account: as });
		const { headers, sid } = who;
		await run({
			simulator,
			audio: audioOf(simulator.nas),
			who,
			ask: async (api, method, params = {}, version = 1) =>
				await post(
					simulator,
					{ api: `SYNO.AudioStation.${api}`, method, version, _sid: sid, ...params },
					{ path: pathOf(api), headers },
				),
			entry: async (api, method, params = {}) =>
				await post(
					simulator,
					{ api: `SYNO.AudioStation.${api}`, method, version: 1, _sid: sid, ...params },
					{ headers },
				),
			later: (seconds) => clock.advance(seconds * 1000),
		});
	} finally {
		await simulator.close();
	}
}
