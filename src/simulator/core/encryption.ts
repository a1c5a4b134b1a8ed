import {
	createDecipheriv,
	createHash,
	createPrivateKey,
	createPublicKey,
	privateDecrypt,
	constants,
} from 'node:crypto';
import type { Nas } from './nas';

/** Names of the encrypted parameter and of the moment in it (core.md 7.1). */
export const CIPHER_KEY = '__cIpHeRtExT';
export const CIPHER_TOKEN = '__cIpHeRtOkEn';

/** How far the moment in an encrypted parameter may be from the clock of the NAS; no source tells DSM's own limit. */
const FRESH_SECONDS = 300;

/**
 * The parameters that were sent encrypted (core.md 7.1), as text; undefined when they cannot be read: another key, a
 * damaged text, or a moment that is not now.
 */
export function decrypt(nas: Nas, sealed: string): Record<string, string> | undefined {
	try {
		const { rsa, aes } = JSON.parse(sealed) as { rsa: string; aes: string };
		const params = Object.fromEntries(new URLSearchParams(plainText(aes, passphrase(rsa))));
		const { [CIPHER_TOKEN]: moment, ...rest } = params;
		const age = Math.abs(Number(moment) - nas.clock.now() / 1000);
		return age <= FRESH_SECONDS ? rest : undefined;
	} catch {
		return undefined;
	}
}

/** Modulus of the public key in hex; the exponent is 0x10001. */
export function publicModulus(): string {
	const { n = '' } = createPublicKey(PRIVATE_KEY).export({ format: 'jwk' });
	return Buffer.from(n, 'base64url').toString('hex');
}

/** PKCS#1 v1.5 by hand, since Node refuses that padding where its OpenSSL is too old to hide failures. */
function passphrase(rsa: string): Buffer {
	const key = createPrivateKey(PRIVATE_KEY);
	const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(rsa, 'base64'));
	const end = block.indexOf(0, 2);
	if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('no PKCS#1 block');
	return block.subarray(end + 1);
}

/** `Salted__`, eight bytes of salt, AES-256-CBC; key and start from the passphrase by MD5, as `openssl enc` once did. */
function plainText(aes: string, secret: Buffer): string {
	const bytes = Buffer.from(aes, 'base64');
	if (bytes.subarray(0, 8).toString('latin1') !== 'Salted__') throw new Error('no salt');
	const salt = bytes.subarray(8, 16);
	let derived = Buffer.alloc(0);
	for (let last = Buffer.alloc(0); derived.length < 48; derived = Buffer.concat([derived, last]))
		last = createHash('md5').update(last).update(secret).update(salt).digest();
	const cipher = createDecipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
	return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString('utf8');
}

/** Of the simulator only: anybody may know it. 4096 bits, since the passphrase has 501 bytes. */
const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----
MIIJQwIBADANBgkqhkiG9w0BAQEFAASCCS0wggkpAgEAAoICAQCb5d8gM61q+TTt
jdI4AMvvlyQMyGZSdnUf+RouQXYuaVsKur7Y52FX4UcmMJpCmzVK+qKSi4h7jcR4
yqKLOhxhDNrHcfXVX6Ufn7fHXR8Ib1MR3V17Me1GvmBcVxKWvBPJ7mtr/B8cZDR6
Frpivw060NLCI7L0bQOf3l/hKG7vDPXmo+b8CZ9ZcXQHYq+nuzBr9faJEDtQ4MQx
hbtOfjmqJNY8Ko0Z431tYscvKTM/syPPI8kEAsLHzseVSOIblckniXzOfsFUL01e
HRT4UcBcJQa+8aNS0Ywsbd84Um2Hz840ljxKRYAajYpaBCl6JTS+Ihpba7ovt03a
XANzeaHWk9jxbknSea/Nu4dZohkh6SW2j/y8KFEB4tXJLRrgFZV+zXVWT6s18NW9
A8gg8tUPbKgIESJ57vuI1EZbdmmV0cDp7lGLfyUeFIq59O6IjRl9ENiIYXuEdfok
P/3CF1UNiDyWKI6eQaZG67V4eobjnYyD5FLI5VB18DDk27bKNYxMVyBwzFB5ARKY
SJEUdljoCqVkpvfKwedt5Er15yNjp7SaHJeYi7Ba4OcYgxP+uIf4SHx98jmuoJ3b
6McEmSOVMporiuTbxN6J+6XupfVtNF1sxA7VoPqgBmNpNLNwpOCShUbVctjaTYyu
/wb4rwkAQZ0pSMcG7quNRZKD+nOviwIDAQABAoICABE62YCvxXRZC5z6UNKzX9a1
38bxOmyAaWx5tbI0C5w7NP6IFNdYfJKKXuMyeZzFQPbC9vHMWG6+BIoMbI+HrM2b
GUOewuVCDLgPM8VlyNa/+wXdRIYnm/T2zc6W1Ffy0cW+bdfsRayidIb5I8C4eH1Y
yVpUjg7j94O/6jKH1fmMofwg1EK5y4dGpI9mZvSE7z1CB20u7TyrQskYYdMIh1YD
JpGqwEKCuSuRlbhkIiUMUaJZ7vmxq8EKh6tmTTsa6wr4Goz18bxcp/0v/fp93+KE
jcIlEascZr9y+znjKPYwJOGnUw2AWz/+sbJGMHwD8wLVNmWGj/gobFh8VT36IkUu
cipfOx+lelTukJZ8bW1NCwEK08iCbOP8VeXQBkruIPcurSmyuLKOpVzDfXBUTYZ7
Da5/WWWgRCO5oy+ySmvSaANWaz/B1qEA2QgjE+7cbxwD6jIztom4csSSYnaS/HyP
MRehIasfQECya1f/izaUTszRAML5t0+vySxoWwvT3LKpBfuzmpHHQy7KXoXb6Orq
jb0fqU8WYGWmP1y3IkXP/j4HKwBzS+w3pXy5UiSpGHoFbMz94VDEl73TKcgRsvDO
VioZJl6LmaXrwiJ6cZ0DlNT3Gh/3oXLgnLYHrdX8yw8kk0hANbrS4fVwaLJOVdPs
ianTolPDnn7AbaFZHYulAoIBAQDX5/a1OCa1C55LSD3DksaEaK2bAWYd6MiSWb3p
2u3CSk3//IrbXjBmKOfUFCZS5nvT5m6CPbNp+QigDmFvu3MNCdWxlo5sjV9rjBer
bVjrBV+X53rnCNY6bQMAu4gn3Ff+fByS+Qtnvh+avlckO5UUXwWQ8llIn4ysySc1
Wu0Kmf/kY2QuUi340x9+JwVrgmVZMoOo/0e5SZdF4vn3yk4MwzDbrF2RS2VGOzI2
Jcb0rDa+yIqVJTPa90OO2cUcxxojyBw0ZwtWplKHfpm8HDeTz4Wusp0N3qwf7DeO
co7/zNpQsSANM168JzuTHsFmxjGvo3Ml9HGqOZgAlq25SixXAoIBAQC42SiGrM30
IdjTm86+McD+7RZqxUunbkVSwCtnlFBBAExXk6eLGGcbhazYxihtblV3NZoQTWM+
yMjv9JyUCfXmXLzpTfb/DsCg4Ew+uOtWETN5FlkNWe48DWoz6wRtSvSFI9mWYvtl
CqUaqg30fybNjeUQnBpMlhg8y4bcOWW7pf2qTi+as+MXq8HNjgBG5o0IPcxX1xv0
BgZPV454SxWVhY8pr2y7PuHKp7FBp5uVtN+1CmFvXYkbb3S+8+z1g1jFSIE0Ohg/
+7aiomzfqpAwO1IQrIx9N321e2gWo6S1Mq7Pn1WHFQszWsEBaW/BIazDS180JDT7
OjzLw9rGlpXtAoIBAA8Sa1+FNvaGhBtfRKiFc4RExnG+rEFEQdQtnZtYpCZfB4jq
OUtNDPXkvyJH8dDxtA071dUTt5WbQ+Xgex7QqBxt5lQKXZDoYZPhaLmX3ZAyhNTW
3PaJ4GKdv4rqjHuz3xSt11TPO+OXGx+zT+QAoMyWQY43zNHMCYb6V9laqpeF3p4z
7gdpxznKizVERhWWObr7UsOWZoxhvcSsLqUEo2QysBN1ueZtq/k2IrAy/OuRphS1
bS8yNKeBgV7UhvUWVRXQX1+tHdaDr9kzlknScnLIFt32LA6Oz9c+pzYzexYSV98w
LjudrWxXFMqVaAzjow5Oy7gHk3O9p4XK/v+jVOsCggEBALJ+X7fMXgQEOw/7QCRA
fxCreB4Z7ff7b01862zVtrlNxGo81mhmZAobhtC8aIVjKXw3clGTqOYTlJTBLAF3
rM+JdZIECyI36KJwdK+MeRNfAMlIXy2ZTYcHnSoNIvU2j++QsqeZZRAou02IMHmL
3rhW8H6dfne96CGslslJU4djvhMZ9LX6Rquw2y/Wk0XjkwQGSK/5s7BrsOQktBpM
xsbfdWLXVrNpATdjvrKbWo2xXuO+5l9XfvHTKnTJrmNVNf8rCDiacJg4RB+/oEpK
tXkdjx0ywWaYkvcP928FDiM6kbtDLJ+IHoy0cfMfER75mY3r1j7PR6ngjpxkv3lM
J/ECggEBAKdiL0ulCEoSzMcCePUthIGDrAkC7CuGuqSJgXWPGVzfkUrwfGzjqczq
Laor8J0JagwRKC+AxqNYpumm/Ru7wlUd9/848NvI7V5IQckqjRXiW9yAeiIRA0g+
GuJhsqHhSoWjdjpL9x2WO46H4ORFg5b4U8rqspHWlgGwfjCO8AhQoDpR0KEVAwSa
bMhlPyqazFVyIkOnLvk41jY1dT7tkZGuKb3KsEdfkhUQHckxJbD2fiyj4bgHFIdl
wlWwNYV3fjUnBnVt1NVgDJ1HGUOi/0SdAEBsldl1xvP3tHoHJdAi2FKfR4AyabW1
NFmPaawbyD91LMUlIbMTPVGK5QIHQHc=
-----END PRIVATE KEY-----
`;
