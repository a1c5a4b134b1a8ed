import type { ConnectionData, SettingData } from './data';
import { control, element, toggle } from './dom';
import { textOf, type EditorNode } from './node';
import { postJson } from './request';
import { signInWithBrowser } from './signIn';

/** What the Test button is answered. */
interface TestAnswer {
	ok: boolean;
	message: string;
	hint?: string;
	/** Setting that the message is about. */
	field?: string;
	/** Issued for a one-time code, saved with the next deploy. */
	deviceId?: string;
	/** What a check found: lines for the person, and the report. */
	lines?: string[];
	report?: object;
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

function say(lines: (string | undefined)[], kind: '' | 'synoflow-good' | 'synoflow-bad' = ''): void {
	const box = document.getElementById('synoflow-test-answer');
	if (!box) return;
	box.className = kind;
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
	say([message, hint, deviceId && node._(`${type}.ui.deviceIssued`)], ok ? 'synoflow-good' : 'synoflow-bad');
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

async function signIn(node: EditorNode, { type, fields }: ConnectionData, button: HTMLButtonElement): Promise<void> {
	button.disabled = true;
	try {
		const values = { ...placeOf(node), ...valuesOf(fields) };
		const answer = await signInWithBrowser(type, values, (word) => say([node._(`${type}.ui.${wordOf(word)}`)]));
		if (!answer) return;
		if (answer.signIn !== undefined) fill('signIn', answer.signIn);
		showAnswer(node, type, answer);
	} catch (error) {
		say([node._(`${type}.ui.noAnswer`, { text: (error as Error).message })], 'synoflow-bad');
	} finally {
		button.disabled = false;
	}
}

/** Sends the form to the server of the editor, and shows what it says. */
async function ask(
	node: EditorNode,
	{ type, fields }: ConnectionData,
	button: HTMLButtonElement,
	what: 'test' | 'check',
): Promise<void> {
	const values = valuesOf(fields);
	button.disabled = true;
	say([node._(`${type}.ui.${what}ing`)]);
	try {
		const answer = await postJson<TestAnswer>(`${type}/${what}`, { ...placeOf(node), ...values });
		showAnswer(node, type, answer);
		if (answer.report) {
			save('synology-check.json', answer.report);
			say([node._(`${type}.ui.checked`), ...(answer.lines ?? [])], 'synoflow-good');
		}
	} catch (error) {
		say([node._(`${type}.ui.noAnswer`, { text: (error as Error).message })], 'synoflow-bad');
	} finally {
		button.disabled = false;
	}
}

/** Gives the person a file. */
function save(name: string, value: object): void {
	const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, '\t')], { type: 'application/json' }));
	element('a', { href: address, download: name }).click();
	URL.revokeObjectURL(address);
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
	const button = document.getElementById('synoflow-test') as HTMLButtonElement | null;
	button?.addEventListener('click', () => void ask(node, data, button, 'test'));
	const check = document.getElementById('synoflow-check') as HTMLButtonElement | null;
	check?.addEventListener('click', () => void ask(node, data, check, 'check'));
	const browser = document.getElementById('synoflow-sign-in') as HTMLButtonElement | null;
	browser?.addEventListener('click', () => void signIn(node, data, browser));
}
