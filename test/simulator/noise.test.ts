import { expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { hear, keyText, type NoiseKeys } from '../../src/simulator/core/noise';
import { vectors } from '../fixtures/noise';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

function keys(secret: string): NoiseKeys {
	const key = hex(`302e020100300506032b656e04220420${secret}`);
	const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
	return { privateKey, publicKey: createPublicKey(privateKey) };
}

it.each(vectors)('the simulated NAS answers $pattern as the published vector has it', (vector) => {
	const clientKey = keyText(keys(vector.initiatorStatic));
	const heard = hear({
		keys: keys(vector.responderStatic),
		ephemeral: keys(vector.responderEphemeral),
		prologue: hex(vector.prologue),
		message: hex(vector.messages[0]),
		...(vector.pattern === 'KK' && { clientKey }),
	});
	expect(heard.clientKey).toBe(clientKey);
	expect(heard.payload.toString('hex')).toBe(vector.payloads[0]);
	const { message, hash } = heard.answer(hex(vector.payloads[1]));
	expect(message.toString('hex')).toBe(vector.messages[1]);
	expect(hash.toString('hex')).toBe(vector.hash);
});
