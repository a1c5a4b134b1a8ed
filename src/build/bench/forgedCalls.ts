import { request, type Agent } from 'node:http';

/** Bodies that whoever does not know the token may send, by their kind. */
const BODIES: readonly (readonly [type: string, body: string])[] = [
	['application/x-www-form-urlencoded', 'token=wrong&text=rm+-rf&user_id=1&post_id=1&timestamp=1'],
	['application/x-www-form-urlencoded', `payload=${encodeURIComponent('{"token":"wrong","actions":[{}]}')}`],
	['application/json', '{"token":{"a":["b"]},"text":null}'],
	['application/x-www-form-urlencoded', '&&=&%&payload=[&token'],
	['application/x-www-form-urlencoded', ''],
];

export interface Sent {
	/** Absent: the connection is broken off in the middle of the body. */
	isWhole: boolean;
}

/** One POST; gives the status of the answer, 0 where it was broken off. */
export async function posted(
	agent: Agent,
	url: string,
	[type, body]: readonly [type: string, body: string],
	{ isWhole }: Sent = { isWhole: true },
): Promise<number> {
	const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) + (isWhole ? 0 : 10) };
	return await new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', agent, headers }, (answer) => {
			answer.resume().on('end', () => resolve(answer.statusCode!));
		});
		call.on('error', (error) => (isWhole ? reject(error) : resolve(0)));
		if (isWhole) return void call.end(body);
		call.write(body, () => setImmediate(() => call.destroy()));
	});
}

/** The call with this number of those that do not know the token. */
export const forged = async (agent: Agent, url: string, n: number, sent?: Sent): Promise<number> =>
	await posted(agent, url, BODIES[n % BODIES.length]!, sent);
