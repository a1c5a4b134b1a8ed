import { Agent, request } from 'node:http';

/** Bodies that whoever does not know the token may send, by their kind. */
const BODIES: readonly (readonly [type: string, body: string])[] = [
	['application/x-www-form-urlencoded', 'token=wrong&text=rm+-rf&user_id=1&post_id=1&timestamp=1'],
	['application/x-www-form-urlencoded', `payload=${encodeURIComponent('{"token":"wrong","actions":[{}]}')}`],
	['application/json', '{"token":{"a":["b"]},"text":null}'],
	['application/x-www-form-urlencoded', '&&=&%&payload=[&token'],
	['application/x-www-form-urlencoded', ''],
];

interface Sent {
	/** Absent: the connection is broken off in the middle of the body. */
	isWhole: boolean;
}

async function sent(agent: Agent, url: string, n: number, { isWhole }: Sent): Promise<number> {
	const [type, body] = BODIES[n % BODIES.length]!;
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

/**
 * Makes so many calls without the token, on 50 connections; `between` is awaited after each hundredth. Gives how often each status was
 * answered.
 */
export async function forge(
	url: string,
	count: number,
	{ isWhole = true, between }: Partial<Sent> & { between?: (n: number) => Promise<void> } = {},
): Promise<Record<number, number>> {
	const agent = new Agent({ keepAlive: true, maxSockets: 50 });
	const answered: Record<number, number> = {};
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let n = next++; n < count; n = next++) {
			const status = await sent(agent, url, n, { isWhole });
			answered[status] = (answered[status] ?? 0) + 1;
			if (n % 100 === 99) await between?.(n);
		}
	};
	await Promise.all(Array.from({ length: 50 }, worker));
	agent.destroy();
	return answered;
}
