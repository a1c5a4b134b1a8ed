import { DsmConnectionError, DsmInputError } from '../../../core/errors';
import { broadcast, capabilities } from '../../../platform';

/** Six times FF, then the hardware address sixteen times. */
export function magicPacket(mac: string): Buffer {
	const address = Buffer.from(mac.replace(/[^0-9a-f]/gi, ''), 'hex');
	return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => address)]);
}

/** Sends it three times, as one may be lost: nothing answers. */
export async function wake(mac: string, address: string, port: number): Promise<void> {
	if (!capabilities.datagram)
		throw new DsmInputError(
			'This edition of the package cannot wake a NAS: n8n lends its nodes no way to send such a packet.',
			{
				hint: 'Use the package with everything, where the administrator of n8n allows it, or let a router or another NAS send the packet.',
			},
		);
	const packet = magicPacket(mac);
	try {
		await broadcast([packet, packet, packet], { address, port });
	} catch (error) {
		throw new DsmConnectionError(`The packet that wakes the NAS could not be sent to ${address}.`, {
			cause: error,
			hint: 'Enter the broadcast address of the network that the NAS is in, e.g. 192.168.1.255.',
		});
	}
}
