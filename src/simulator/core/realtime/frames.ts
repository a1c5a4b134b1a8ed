import { createHash } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Longest message a client may send; channels carry short ones. */
const LONGEST = 1024 * 1024;

export type Frame = { kind: 'text'; text: string } | { kind: 'ping'; bytes: Buffer } | { kind: 'close' };

/** Head of the answer that turns an HTTP connection into a WebSocket (RFC 6455). */
export function handshake(key: string): string {
	const accept = createHash('sha1')
		.update(key + GUID)
		.digest('base64');
	return `HTTP/1.1 101 Switching Protocols\r\nServer: nginx\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

export const textFrame = (text: string): Buffer => frame(0x1, Buffer.from(text));
export const pongFrame = (bytes: Buffer): Buffer => frame(0xa, bytes);
export const closeFrame = (): Buffer => frame(0x8, Buffer.alloc(0));

function frame(opcode: number, bytes: Buffer): Buffer {
	const { length } = bytes;
	if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), bytes]);
	if (length < 65_536) return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]), bytes]);
	const head = Buffer.alloc(10);
	head[0] = 0x80 | opcode;
	head[1] = 127;
	head.writeBigUInt64BE(BigInt(length), 2);
	return Buffer.concat([head, bytes]);
}

/** Puts frames together from chunks as they come. */
export class FrameReader {
	private rest = Buffer.alloc(0);
	/** Parts of a fragmented message. */
	private parts: Buffer[] = [];

	/** Frames that are complete now. Throws for what is no frame of a client. */
	push(chunk: Buffer): Frame[] {
		this.rest = Buffer.concat([this.rest, chunk]);
		const frames: Frame[] = [];
		for (let raw = this.take(); raw; raw = this.take()) {
			const found = this.read(raw.opcode, raw.isLast, raw.bytes);
			if (found) frames.push(found);
		}
		return frames;
	}

	private read(opcode: number, isLast: boolean, bytes: Buffer): Frame | undefined {
		if (opcode === 0x8) return { kind: 'close' };
		if (opcode === 0x9) return { kind: 'ping', bytes };
		if (opcode > 0x2) return undefined;
		this.parts.push(bytes);
		if (!isLast) return undefined;
		return { kind: 'text', text: Buffer.concat(this.parts.splice(0)).toString('utf8') };
	}

	private take(): { opcode: number; isLast: boolean; bytes: Buffer } | undefined {
		const { rest } = this;
		if (rest.length < 2) return undefined;
		const short = rest.readUInt8(1) & 127;
		const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
		const start = 2 + lengthBytes + 4;
		if (rest.length < start) return undefined;
		const length =
			lengthBytes === 0 ? short : lengthBytes === 2 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
		const isMasked = (rest.readUInt8(1) & 128) !== 0;
		if (!isMasked || length > LONGEST) throw new Error('Not a frame of a client');
		if (rest.length < start + length) return undefined;
		const mask = rest.subarray(start - 4, start);
		const bytes = Buffer.from(rest.subarray(start, start + length)).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
		this.rest = rest.subarray(start + length);
		return { opcode: rest.readUInt8(0) & 15, isLast: (rest.readUInt8(0) & 128) !== 0, bytes: Buffer.from(bytes) };
	}
}
