import type { Song } from './types';

/** Sound is short here whatever the song's length, so that tests stay quick: one frame or 100 samples for each second. */

const FRAME = 417;

/** Silent frames of MPEG 1 layer III, 44.1 kHz, as many as seconds. The rate decides the header, not the size. */
export function mp3(seconds: number, bitrate: number): Buffer {
	const rates: Record<number, number> = { 128_000: 0x90, 192_000: 0xb0, 256_000: 0xd0, 320_000: 0xe0 };
	const frame = Buffer.alloc(FRAME);
	frame.set([0xff, 0xfb, rates[bitrate] ?? 0x90, 0x64]);
	return Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(seconds)) }, () => frame));
}

/** Silence of 8 bit at 100 Hz. */
export function wav(seconds: number): Buffer {
	const samples = Math.max(1, Math.ceil(seconds * 100));
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(36 + samples, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(100, 24);
	head.writeUInt32LE(100, 28);
	head.writeUInt16LE(1, 32);
	head.writeUInt16LE(8, 34);
	head.write('data', 36);
	head.writeUInt32LE(samples, 40);
	return Buffer.concat([head, Buffer.alloc(samples, 0x80)]);
}

/** The file of a song. */
export const soundOf = ({ codec, duration, bitrate }: Song): Buffer =>
	codec === 'wav' ? wav(duration) : mp3(duration, bitrate);
