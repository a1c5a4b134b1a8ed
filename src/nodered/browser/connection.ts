import type { ConnectionData, SettingData } from './data';
import { control, element, toggle } from './dom';
import { textOf, type EditorNode } from './node';
import { postJson } from './request';
import { signInWithBrowser, type SignInAnswer } from './signIn';

/** What the Test button is answered. */
interface TestAnswer {
	ok: boolean;
	message: string;
	hint?: string;
	/** Setting that the message is about. */
	field?: string;
	/** Issued for a one-time code, saved with the next deploy. */
	deviceId?: string;
}

const input = (name: string): HTMLInputElement | undefined => control(name, 'node-config-input') ?? undefined;

/** Certificate check that cannot do without the field. */
const NEEDED_BY: Record<string, string> = { ca: 'ca', fingerprint: 'pin' };

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

function checkField(
	node: EditorNode,
	type: string,
	{ name, kind, required }: SettingData,
	value: unknown,
): boolean | string {
	if (name === 'url' && required) return !isBlank(value) || node._(`${type}.ui.invalidUrl`);
	if (kind === 'number' && !isBlank(value) && !(Number(value) > 0))
		return node._(`${type}.ui.notNumber`, { field: node._(`${type}.fields.${name}.title`) });
	if (NEEDED_BY[name] !== undefined && NEEDED_BY[name] === node['tls'] && isBlank(value)) return false;
	return !(required && isBlank(value));
}

const connections = new Map<string, ConnectionData>();

/** Makes a kind of connection known. */
export function addConnection(data: ConnectionData): void {
	connections.set(data.type, data);
}

/** Whether a setting is in order: true, false, or what is wrong. */
export function checkSetting(node: EditorNode, name: string, value: unknown): boolean | string {
	const field = connections.get(node.type)?.fields.find((one) => one.name === name);
	return field === undefined || checkField(node, node.type, field, value);
}

/** Only the field that the chosen certificate check needs. */
function showTls(): void {
	const tls = input('tls')?.value;
	toggle('.synoflow-row[data-setting=ca]', tls === 'ca');
	toggle('.synoflow-row[data-setting=fingerprint]', tls === 'pin');
}

function say(
	lines: (string | undefined)[],
	kind: '' | 'synoflow-good' | 'synoflow-bad' = '',
	place = 'synoflow-test-answer',
): void {
	const box = document.getElementById(place);
	if (!box) return;
	box.className = `synoflow-answer ${kind}`;
	box.replaceChildren(...lines.filter(Boolean).map((line) => element('div', {}, line)));
}

function fill(name: string, value: string): void {
	const field = input(name);
	if (field) $(field).val(value).trigger('change');
}

function showAnswer(node: EditorNode, type: string, { ok, message, hint, field, deviceId }: TestAnswer): void {
	if (deviceId !== undefined) {
		// The code is used up, and from now on the device ID stands for it.
		fill('deviceId', deviceId);
		fill('otpCode', '');
	}
	say([message, hint, deviceId && node._(`${type}.ui.deviceIssued`)], goodOrBad(ok));
	const about = field === undefined ? undefined : input(field);
	about?.closest('details')?.setAttribute('open', '');
	about?.focus();
}

/** Where the node stands: its variables are looked up there. */
const placeOf = (node: EditorNode) => ({ id: node.id, z: textOf(node['z']) });

const valuesOf = (fields: ConnectionData['fields']): Record<string, string> =>
	Object.fromEntries(fields.map(({ name }) => [name, input(name)?.value ?? '']));

/** Words of the waiting: `signInWaiting`. */
const wordOf = (word: string): string => `signIn${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const goodOrBad = (ok: boolean): 'synoflow-good' | 'synoflow-bad' => (ok ? 'synoflow-good' : 'synoflow-bad');

/** Does what a button is for, which cannot be pressed meanwhile. */
async function press(node: EditorNode, button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
	button.disabled = true;
	try {
		await work();
	} catch (error) {
		say([node._(`${node.type}.ui.noAnswer`, { text: (error as Error).message })], 'synoflow-bad');
	} finally {
		button.disabled = false;
	}
}

const ask = async <T>(node: EditorNode, { type, fields }: ConnectionData, path: string): Promise<T> =>
	await postJson<T>(`${type}/${path}`, { ...placeOf(node), ...valuesOf(fields) });

async function signIn(node: EditorNode, { type, fields }: ConnectionData): Promise<void> {
	const values = { ...placeOf(node), ...valuesOf(fields) };
	const answer = await signInWithBrowser(type, values, (word) => say([node._(`${type}.ui.${wordOf(word)}`)]));
	if (!answer) return;
	if (answer.signIn !== undefined) fill('signIn', answer.signIn);
	showAnswer(node, type, answer);
}

async function signOut(node: EditorNode, data: ConnectionData): Promise<void> {
	say([node._(`${data.type}.ui.signingOut`)]);
	const answer = await ask<SignInAnswer>(node, data, 'sign-in/end');
	if (answer.signIn !== undefined) fill('signIn', answer.signIn);
	showAnswer(node, data.type, answer);
}

/** Whose sign-in the form holds. Without one there is nothing to end, nor where nobody may ask. */
async function showSignIn(node: EditorNode, data: ConnectionData): Promise<void> {
	const asked = input('signIn')?.value ?? '';
	const none: Partial<SignInAnswer> = {};
	const answer = asked === '' ? none : await ask<Partial<SignInAnswer>>(node, data, 'sign-in/state').catch(() => none);
	if (asked !== (input('signIn')?.value ?? '')) return;
	say([answer.message, answer.hint], goodOrBad(answer.ok === true), 'synoflow-sign-in-state');
	toggle('#synoflow-sign-out', answer.message !== undefined && answer.field === undefined);
}

async function test(node: EditorNode, data: ConnectionData): Promise<void> {
	say([node._(`${data.type}.ui.testing`)]);
	showAnswer(node, data.type, await ask(node, data, 'test'));
}

/** Name of a connection in lists. */
export const connectionLabel = (node: EditorNode): string =>
	node.name || textOf(node['url']) || node._(`${node.type}.title`);

/** Sets up the form of a connection. */
export function editConnection(node: EditorNode): void {
	const data = connections.get(node.type)!;
	const tls = input('tls');
	if (tls) $(tls).on('change', showTls);
	showTls();
	const onPress = (id: string, work: (node: EditorNode, data: ConnectionData) => Promise<void>): void => {
		const button = document.getElementById(id) as HTMLButtonElement | null;
		button?.addEventListener('click', () => void press(node, button, async () => await work(node, data)));
	};
	onPress('synoflow-test', test);
	onPress('synoflow-sign-in', signIn);
	onPress('synoflow-sign-out', signOut);
	const text = input('signIn');
	if (!text) return;
	$(text).on('change', () => void showSignIn(node, data));
	void showSignIn(node, data);
}
