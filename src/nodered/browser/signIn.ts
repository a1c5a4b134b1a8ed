import { postJson } from './request';

/** What the button leads to. */
export interface SignInAnswer {
	ok: boolean;
	message: string;
	hint?: string;
	field?: string;
	signIn?: string;
}

interface Started {
	ok: boolean;
	flow: string;
	address: string;
	origin: string;
	message: string;
}

/** Milliseconds after which silence of DSM's page is said to be one: a person may still be looking for a key. */
const SILENCE = 90_000;

/**
 * Opens DSM's sign-in page in a window of its own, and gives what the runtime made of its message. To be called within a click, or the
 * browser blocks the window. `say` is told what is waited for; undefined: the window was closed, or never opened.
 */
export async function signInWithBrowser(
	type: string,
	values: Record<string, unknown>,
	say: (word: 'waiting' | 'silence' | 'blocked' | 'closed') => void,
): Promise<SignInAnswer | undefined> {
	const popup = window.open('about:blank', 'dsm', 'width=560,height=720');
	if (!popup) {
		say('blocked');
		return undefined;
	}
	// The window that opens is the one that DSM's page answers: this page.
	const opener = `${location.origin}${location.pathname}`;
	const started = await postJson<Started>(`${type}/sign-in/start`, { ...values, opener }).catch((error: unknown) => {
		popup.close();
		throw error;
	});
	if (!started.ok) {
		popup.close();
		return started;
	}
	const answered = messageOf(popup, started.origin, say);
	popup.location = started.address;
	say('waiting');
	const message = await answered;
	popup.close();
	if (!message) say('closed');
	return message && (await postJson<SignInAnswer>(`${type}/sign-in/complete`, { flow: started.flow, ...message }));
}

interface Message {
	code: string;
	rs: string;
	state?: string;
}

/** The first message of DSM's page in that window; undefined when it is closed before. */
async function messageOf(popup: Window, origin: string, say: (word: 'silence') => void): Promise<Message | undefined> {
	return await new Promise((resolve) => {
		const silence = setTimeout(() => say('silence'), SILENCE);
		const look = setInterval(() => popup.closed && end(undefined), 500);
		const hear = ({ origin: from, source, data }: MessageEvent): void => {
			const { code, rs, state } = (data ?? {}) as Partial<Message>;
			if (from !== origin || source !== popup || typeof code !== 'string' || typeof rs !== 'string') return;
			end({ code, rs, ...(typeof state === 'string' && { state }) });
		};
		function end(message: Message | undefined): void {
			clearTimeout(silence);
			clearInterval(look);
			window.removeEventListener('message', hear);
			resolve(message);
		}
		window.addEventListener('message', hear);
	});
}
