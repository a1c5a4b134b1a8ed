import type { CheckAnswer, ConnectionData, SettingData, TestAnswer } from './data';
import { toggle } from './dom';
import { showCheck } from './nasCheck';
import { textOf, type EditorNode } from './node';
import { postJson } from './request';
import { fill, goodOrBad, input, onPress, placeOf, say, valuesOf, type Place } from './settings';
import { signInWithBrowser, type SignInAnswer } from './signIn';
import { editTrial } from './trial';

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

function showAnswer(
	node: EditorNode,
	type: string,
	{ ok, message, hint, field, deviceId }: TestAnswer,
	place?: Place,
): void {
	if (deviceId !== undefined) {
		// The code is used up, and from now on the device ID stands for it.
		fill('deviceId', deviceId);
		fill('otpCode', '');
	}
	say([message, hint, deviceId && node._(`${type}.ui.deviceIssued`)], goodOrBad(ok), place);
	const about = field === undefined ? undefined : input(field);
	about?.closest('details')?.setAttribute('open', '');
	about?.focus();
}

/** Words of the waiting: `signInWaiting`. */
const wordOf = (word: string): string => `signIn${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const ask = async <T>(node: EditorNode, { type, fields }: ConnectionData, path: string): Promise<T> =>
	await postJson<T>(`${type}/${path}`, { ...placeOf(node), ...valuesOf(fields) });

async function signIn(node: EditorNode, { type, fields }: ConnectionData): Promise<void> {
	const values = { ...placeOf(node), ...valuesOf(fields) };
	const answer = await signInWithBrowser(type, values, (word) =>
		say([node._(`${type}.ui.${wordOf(word)}`)], '', 'synoflow-sign-in-answer'),
	);
	if (!answer) return;
	if (answer.signIn !== undefined) fill('signIn', answer.signIn);
	showAnswer(node, type, answer, 'synoflow-sign-in-answer');
}

async function signOut(node: EditorNode, data: ConnectionData): Promise<void> {
	say([node._(`${data.type}.ui.signingOut`)], '', 'synoflow-sign-in-answer');
	const answer = await ask<SignInAnswer>(node, data, 'sign-in/end');
	if (answer.signIn !== undefined) fill('signIn', answer.signIn);
	showAnswer(node, data.type, answer, 'synoflow-sign-in-answer');
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

async function check(node: EditorNode, data: ConnectionData): Promise<void> {
	say([node._(`${data.type}.ui.checking`)]);
	const { found, report, ...answer } = await ask<TestAnswer & Partial<CheckAnswer>>(node, data, 'check');
	showAnswer(node, data.type, answer);
	if (found && report) showCheck(node, { found, report });
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
	const onClick = (id: string, place: Place, work: (node: EditorNode, data: ConnectionData) => Promise<void>): void =>
		onPress(node, id, place, async () => await work(node, data));
	onClick('synoflow-test', 'synoflow-test-answer', test);
	onClick('synoflow-check', 'synoflow-test-answer', check);
	onClick('synoflow-sign-in', 'synoflow-sign-in-answer', signIn);
	onClick('synoflow-sign-out', 'synoflow-sign-in-answer', signOut);
	editTrial(node, data);
	const text = input('signIn');
	if (!text) return;
	$(text).on('change', () => void showSignIn(node, data));
	void showSignIn(node, data);
}
