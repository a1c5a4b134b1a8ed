import { Agent } from 'node:http';
import { forged, type Sent } from '../../src/build/bench/forgedCalls';

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
			const status = await forged(agent, url, n, { isWhole });
			answered[status] = (answered[status] ?? 0) + 1;
			if (n % 100 === 99) await between?.(n);
		}
	};
	await Promise.all(Array.from({ length: 50 }, worker));
	agent.destroy();
	return answered;
}
