import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';

/** Sends packets of UDP one after the other, to one machine or all of a network. */
export async function broadcast(
	packets: readonly Uint8Array[],
	{ address, port }: { address: string; port: number },
): Promise<void> {
	const socket = createSocket('udp4');
	const send = promisify((packet: Uint8Array, done: (error: Error | null) => void) =>
		socket.send(packet, port, address, done),
	);
	try {
		await new Promise<void>((resolve, reject) => {
			socket.once('error', reject);
			socket.bind(() => {
				socket.setBroadcast(true);
				resolve();
			});
		});
		for (const packet of packets) await send(packet);
	} finally {
		socket.close();
	}
}
