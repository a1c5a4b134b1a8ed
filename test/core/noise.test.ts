import { describe, expect, it } from '@jest/globals';
import { Handshake, keyPairOf, newKeyPair } from '../../src/core/signIn/noise';
import { hear, keyText, newNoiseKeys } from '../../src/simulator/core/noise';
import { vectors } from '../fixtures/noise';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const pair = (secret: string) => keyPairOf(hex(secret));

describe('the Noise handshake of the client', () => {
	it.each(vectors)('speaks $pattern as the published vector has it', (vector) => {
		const handshake = new Handshake({
			pattern: vector.pattern,
			prologue: hex(vector.prologue),
			keys: pair(vector.initiatorStatic),
			ephemeral: pair(vector.initiatorEphemeral),
			remote: pair(vector.responderStatic).public,
		});
		expect(handshake.write(hex(vector.payloads[0])).toString('hex')).toBe(vector.messages[0]);
		expect(handshake.read(hex(vector.messages[1])).toString('hex')).toBe(vector.payloads[1]);
		expect(handshake.hash.toString('hex')).toBe(vector.hash);
	});

	it('makes the messages of the worked exchange of the dossier', () => {
		const key = (byte: string) => pair(byte.repeat(32));
		const remote = key('33').public;
		const exchange = new Handshake({ pattern: 'IK', keys: key('11'), ephemeral: key('22'), remote });
		expect(exchange.write().toString('base64url')).toBe(
			'D6poTtKIZ7l_Smot7l34zpdOdrcBjj8iocTPJnhXDyDzHmHxrUHOXvThRlmc4G7DakHjqKjYktmZDUjvhnciRM4QmjzDN5Pk9IdmIk6IPT27GNdti4pgcywKYcUWlrG6',
		);
		exchange.read(Buffer.from('_y7kVgHsG2cxDHeQQEWFrmlzMe7hwfjPJBlzHB__PmtC4WXauIR9D5Uuq3WVpUYX', 'base64url'));
		expect(exchange.hash.toString('base64url')).toBe(
			'x0OnIHiFApopthFhdi158ruJpF62hSC8CkgUj4vi1RQ4ZwM6JRls6l8BQyvauWN0tVXBKGhBmi9mat17Gf5A9w',
		);
		const resume = new Handshake({ pattern: 'KK', keys: key('11'), ephemeral: key('55'), remote });
		expect(resume.write().toString('base64url')).toBe(
			'OKtmS9hvd9fma92a4HkpE6lP2LM6EmACfktGwfSITGfRC5YBkCrckNRlwj-aqVaN',
		);
		const answer = 'IZ5NgA2paNKl_LAJx4T0dGxxOO257khEtznoMLBc9CSujESCVbQ3e4WaUCe2vhXf';
		expect(resume.read(Buffer.from(answer, 'base64url'))).toHaveLength(0);
	});

	it('takes no answer of anybody but the holder of the key', () => {
		const [nas, other] = [newNoiseKeys(), newNoiseKeys()];
		const remote = Buffer.from(keyText(nas), 'base64url');
		const handshake = new Handshake({ pattern: 'IK', keys: newKeyPair(), remote });
		const message = handshake.write();
		expect(() => hear({ keys: other, message })).toThrow();
		const answer = hear({ keys: nas, message }).answer().message;
		answer[40]! ^= 1;
		expect(() => handshake.read(answer)).toThrow();
		expect(() => handshake.read(Buffer.alloc(10))).toThrow('too short');
	});

	it('refuses a key of small order, whose secret everybody knows', () => {
		const handshake = new Handshake({ pattern: 'IK', keys: newKeyPair(), remote: Buffer.alloc(32) });
		expect(() => handshake.write()).toThrow();
	});
});
