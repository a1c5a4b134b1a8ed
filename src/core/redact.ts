import { outsideOwnWords } from './ownWords';
import { percent } from './wire';

const MARK = '[redacted]';
/** A shorter secret is blacked out as a whole word only: elsewhere it would take half of the log with it. */
const SHORTEST = 4;
/** Longer spellings, of keys for example, are looked for one by one: a regular expression has a largest size. */
const LONGEST = 500;
/** Session ids and tokens that are remembered: logs speak of the latest, and a process may log in for years. */
const PASSING = 50;

/** Texts without a secret are remembered: of so many characters at most, and so many of them. */
const LINE = 200;
const LINES = 200;

/** Names under which DSM, HTTP and this client carry secrets (core.md 16.6). */
const NAMES = [
	'\\w*passwd',
	'\\w*password',
	'otp_code',
	'otpCode',
	'otpSecret',
	'_sid',
	'sid',
	'SynoToken',
	'synotoken',
	'synoToken',
	'X-SYNO-TOKEN',
	'device_id',
	'deviceId',
	'did',
	'token',
	'tid',
	'auth_key',
	'SynoConfirmPWToken',
	'private_key_enc',
	'signIn',
	'code_verifier',
	'ik_message',
	'kk_message',
];
const NAME = NAMES.map((name) => name.replaceAll('-', '\\-')).join('|');
/** Headers whose whole value is secret. */
const HEADER_NAME = /^(cookie|set-cookie|authorization|x-syno-token|x-syno-hash)$/i;
const SECRET_NAME = new RegExp(`^(${NAME})$`, 'i');

/** Whether DSM, HTTP or this client carries a secret under this name. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** `_sid=…` in URLs and forms, also inside an encoded one. */
const IN_QUERY = new RegExp(`((?:^|[?&;\\s"'])(?:${NAME})=(?:%22)?"?)(?!\\[redacted\\])[^&\\s"';]+`, 'gi');
/** `"sid":"…"` in JSON. */
const IN_JSON = new RegExp(`("(?:${NAME})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi');
/** The same inside a JSON text: there a quote that ends the value has one backslash, a quote within it three. */
const IN_TEXT = new RegExp(`(\\\\"(?:${NAME})\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\\\\\\\\\"|\\\\\\\\)*`, 'gi');
/** `"otp_code":123456`. */
const IN_NUMBER = /("(?:otp_code|otpCode|passwd|password)"\s*:\s*)\d+/gi;
/** `Cookie: id=…` and its kin; a header's value ends with its line. */
const IN_HEADER =
	/((?:^|[\s"'{,])(?:(?:set-)?cookie"?\s*:\s*"?(?=[\w-]+=)|authorization"?\s*:\s*"?(?=\w+ \S)|x-syno-(?:token|hash)"?\s*:\s*"?))[^\r\n"]+/gi;
/** A cookie in a text; a row of digits is an id of something else. */
const IN_COOKIE = /\b(id|did|_SSID)=(?!\d+(?![\w-]))[\w-]{8,}/g;
/** `https://user:password@proxy`. */
const IN_ADDRESS = /(\/\/)[^\s/@:"']*:[^\s/@"']+(@)/g;

export interface Redactor {
	/** Notes a secret of the settings: from now on it appears nowhere, in none of its spellings. */
	add: (secret: string) => void;
	/** Notes secrets of one call, until the answered function is called. */
	hold: (secrets: readonly string[]) => () => void;
	/** Notes a secret that comes and goes, as session ids do: the latest of them are remembered. */
	addPassing: (secret: string) => void;
	/** The same for a secret that an answer told. */
	addTold: (secret: string) => void;
	text: (text: string) => string;
	/** A copy of a value with every secret blacked out; cycles and errors are fine. */
	value: (value: unknown) => unknown;
}

/** Blacks out known secrets by value and unknown ones by the name they go under. */
export function createRedactor(): Redactor {
	const lasting = new Set<string>();
	const passing = new Set<string>();
	const told = new Set<string>();
	/** With how many calls hold it. */
	const held = new Map<string, number>();
	/** Spellings by secret: they are made once. */
	let spelled = new Map<string, readonly string[]>();
	let pattern: RegExp | undefined;
	let long: string[] = [];
	let stale = false;
	/** Texts without a secret, since the secrets changed last. */
	const clean = new Set<string>();

	function note(secrets: Set<string>, secret: string): void {
		if (secret === '' || lasting.has(secret) || secrets.has(secret)) return;
		secrets.add(secret);
		if (secrets !== lasting && secrets.size > PASSING) secrets.delete(secrets.values().next().value!);
		stale = true;
	}

	function hold(secrets: readonly string[]): () => void {
		const own = new Set(secrets.filter((secret) => secret !== '' && !lasting.has(secret)));
		const count = (by: number) => {
			for (const secret of own) {
				const holders = (held.get(secret) ?? 0) + by;
				if (holders > 0) held.set(secret, holders);
				else held.delete(secret);
			}
			stale ||= own.size > 0;
		};
		count(1);
		return () => {
			count(-1);
			own.clear();
		};
	}

	function known(): RegExp | undefined {
		if (stale) {
			const secrets = new Set([...lasting, ...passing, ...told, ...held.keys()]);
			spelled = new Map([...secrets].map((secret) => [secret, spelled.get(secret) ?? spellingsOf(secret)]));
			// Longest first: one may be part of another.
			const spellings = [...new Set([...spelled.values()].flat())].sort((a, b) => b.length - a.length);
			long = spellings.filter((spelling) => spelling.length > LONGEST);
			pattern = patternOf(spellings.slice(long.length));
		}
		stale = false;
		return pattern;
	}

	/** Most lines of a log are repeats, and hold nothing. */
	function text(input: string): string {
		if (stale) clean.clear();
		if (clean.has(input)) return input;
		const result = blackedOut(input);
		if (result !== input || input.length > LINE) return result;
		if (clean.size >= LINES) clean.clear();
		clean.add(input);
		return result;
	}

	/** Known values first: a name's pattern could cut one of them in two, and leave the rest. */
	function blackedOut(input: string): string {
		const secrets = known();
		const short = long.reduce((rest, spelling) => rest.replaceAll(spelling, MARK), input);
		return (secrets ? outsideOwnWords(short, secrets, MARK) : short)
			.replace(IN_HEADER, `$1${MARK}`)
			.replace(IN_QUERY, `$1${MARK}`)
			.replace(IN_JSON, `$1${MARK}`)
			.replace(IN_TEXT, `$1${MARK}`)
			.replace(IN_NUMBER, `$1${MARK}`)
			.replace(IN_COOKIE, `$1=${MARK}`)
			.replace(IN_ADDRESS, `$1${MARK}$2`);
	}

	function value(input: unknown, seen = new Map<object, unknown>()): unknown {
		if (typeof input === 'string') return text(input);
		if (typeof input !== 'object' || input === null || input instanceof Date) return input;
		if (ArrayBuffer.isView(input)) return `[${input.byteLength} bytes]`;
		const before = seen.get(input);
		if (before !== undefined) return before;
		if (Array.isArray(input)) {
			const list: unknown[] = [];
			seen.set(input, list);
			for (const item of input) list.push(value(item, seen));
			return list;
		}
		const copy: Record<string, unknown> = {};
		seen.set(input, copy);
		const entries =
			input instanceof Error
				? [['name', input.name], ['message', input.message], ...Object.entries(input)]
				: Object.entries(input);
		for (const [name, item] of entries as [string, unknown][]) {
			const secret =
				(SECRET_NAME.test(name) || HEADER_NAME.test(name)) && ['string', 'number'].includes(typeof item) && item !== '';
			const own = { value: secret ? MARK : value(item, seen), enumerable: true, configurable: true, writable: true };
			Object.defineProperty(copy, text(name), own);
		}
		return copy;
	}

	return {
		add: (secret) => note(lasting, secret),
		hold,
		addPassing: (secret) => note(passing, secret),
		addTold: (secret) => note(told, secret),
		text,
		value,
	};
}

function patternOf(spellings: string[]): RegExp | undefined {
	if (spellings.length === 0) return undefined;
	return new RegExp(spellings.map(wholeIfShort).join('|'), 'gu');
}

function wholeIfShort(spelling: string): string {
	const literal = spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return spelling.length < SHORTEST ? `(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])` : literal;
}

const inner = (text: string): string => JSON.stringify(text).slice(1, -1);
const ascii = (text: string): string =>
	text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const MARKUP: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A secret as it is, and as forms, addresses, JSON, JSON within JSON and web pages spell it. */
function spellingsOf(secret: string): string[] {
	const json = [inner(secret), inner(inner(secret)), inner(secret).replaceAll('/', '\\/'), ascii(inner(secret))];
	const html = secret.replace(/[&<>"']/g, (sign) => MARKUP[sign]!);
	const encoded = [...new Set([secret, inner(secret)])].flatMap((text) => {
		const form = new URLSearchParams([['', text]]).toString().slice(1);
		return [
			percent(text),
			percent(percent(text)),
			percent(text).replaceAll('%20', '+'),
			form,
			form.replaceAll('+', '%20'),
		];
	});
	const lower = encoded.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
	return [...new Set([secret, ...json, html, ...encoded, ...lower])];
}
