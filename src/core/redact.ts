const MARK = '[redacted]';
/** A shorter text is no secret worth the damage: it would black out every log. */
const SHORTEST = 4;

/** Names under which DSM, HTTP and this client carry secrets (core.md 16.6). */
const NAMES = [
	'passwd', 'password', 'otp_code', 'otpCode', 'otpSecret', '_sid', 'sid', 'SynoToken', 'synotoken', 'synoToken', 'X-SYNO-TOKEN',
	'device_id', 'deviceId', 'did', 'token', 'tid', 'auth_key', 'SynoConfirmPWToken', 'private_key_enc',
];
const NAME = NAMES.map((name) => name.replaceAll('-', '\\-')).join('|');
/** Headers whose whole value is secret. */
const HEADER_NAME = /^(cookie|set-cookie|authorization|x-syno-token|x-syno-hash)$/i;
const SECRET_NAME = new RegExp(`^(${NAME})$`, 'i');

/** `_sid=…` in URLs and forms, also inside an encoded one. */
const IN_QUERY = new RegExp(`((?:^|[?&;\\s"'])(?:${NAME})=)(?!"?\\[redacted\\])[^&\\s"';]+`, 'gi');
/** `"sid":"…"` in JSON, also when that JSON is itself a JSON text. */
const IN_JSON = new RegExp(`(\\\\?"(?:${NAME})\\\\?"\\s*:\\s*\\\\?")((?:[^"\\\\]|\\\\[^"])*)`, 'gi');
/** `Cookie: id=…` and its kin; a cookie's value ends at a semicolon. */
const IN_HEADER = /((?:^|[\s"'{,])(?:set-cookie|cookie|authorization|x-syno-token|x-syno-hash)"?\s*:\s*"?)[^\r\n"]+/gi;
const IN_COOKIE = /\b(id|did|_SSID)=[\w-]{8,}/g;

export interface Redactor {
	/** Notes a secret: from now on it appears nowhere, in none of its spellings. */
	add: (secret: string) => void;
	text: (text: string) => string;
	/** A copy of a value with every secret blacked out; cycles and errors are fine. */
	value: (value: unknown) => unknown;
}

/** Blacks out known secrets by value and unknown ones by the name they go under. */
export function createRedactor(): Redactor {
	const known = new Set<string>();
	let pattern: RegExp | undefined;

	function text(input: string): string {
		const byName = input
			.replace(IN_HEADER, `$1${MARK}`)
			.replace(IN_QUERY, `$1${MARK}`)
			.replace(IN_JSON, `$1${MARK}`)
			.replace(IN_COOKIE, `$1=${MARK}`);
		return pattern ? byName.replace(pattern, MARK) : byName;
	}

	function value(input: unknown, seen = new Map<object, unknown>()): unknown {
		if (typeof input === 'string') return text(input);
		if (typeof input !== 'object' || input === null) return input;
		const before = seen.get(input);
		if (before !== undefined) return before;
		if (Array.isArray(input)) {
			const list: unknown[] = [];
			seen.set(input, list);
			list.push(...input.map((item) => value(item, seen)));
			return list;
		}
		const copy: Record<string, unknown> = {};
		seen.set(input, copy);
		const entries = input instanceof Error ? [['name', input.name], ['message', input.message], ...Object.entries(input)] : Object.entries(input);
		for (const [name, item] of entries as [string, unknown][]) {
			const secret = (SECRET_NAME.test(name) || HEADER_NAME.test(name)) && typeof item === 'string' && item !== '';
			copy[name] = secret ? MARK : value(item, seen);
		}
		return copy;
	}

	return {
		add(secret) {
			if (secret.length < SHORTEST || known.has(secret)) return;
			known.add(secret);
			const spellings = [...known].flatMap(spellingsOf).sort((a, b) => b.length - a.length);
			pattern = new RegExp(spellings.map((spelling) => spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
		},
		text,
		value,
	};
}

/** A secret as it is, percent-encoded, form-encoded, and escaped as JSON text. */
function spellingsOf(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	return [...new Set([secret, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)])];
}
