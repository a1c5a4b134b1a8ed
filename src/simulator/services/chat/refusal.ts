/** Texts of chat.md 2; in Chat `error.errors` is a plain string. */
const texts: Record<number, string> = {
	101: 'bad type',
	105: 'no permission',
	152: 'record is not valid',
	400: 'you cannot talk to yourself',
	401: 'user not in channel',
	402: 'post not found',
	403: 'no such channel',
	404: 'bot is not legal',
	407: 'sticker name invalid',
	408: 'keypair not exist',
	409: 'exceed max file size',
	410: 'msg too long',
	411: 'create post too fast',
	415: 'Post exceeds allowable delete time',
	422: 'public cannot encrypt',
};

/** Thrown inside behaviours; `behaviour()` turns it into the error envelope. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		readonly errors: string | undefined = texts[code],
	) {
		super(`${code} ${errors ?? ''}`);
	}
}

/** Ends the call with a code of chat.md 2 and its text. */
export function refuse(code: number, errors?: string): never {
	throw new Refusal(code, errors);
}
