import type { ConnectionData, TestAnswer } from './data';
import { element, fillSelect } from './dom';
import { textOf, type EditorNode } from './node';
import { postJson } from './request';
import { goodOrBad, onPress, placeOf, say, valuesOf } from './settings';

const PLACE = 'synoflow-trial-answer';
/** Milliseconds between two questions for what came of it. */
const RHYTHM = 1000;

interface Started extends Partial<TestAnswer> {
	ok: boolean;
	flow?: string;
	address?: string;
}

/** Address of the editor: what comes back goes below it. */
const editorAddress = (): string => new URL('.', location.href.replace(/[?#].*/, '')).href;

/** Where SSO Server sends the browser of a trial. */
const callback = (): string => `${editorAddress()}synology-sso/callback`;

/** Sets up the trial of an application: a sign-in at SSO Server in a window of its own, with the values of the form. */
export function editTrial(node: EditorNode, data: ConnectionData): void {
	const nas = document.getElementById('synoflow-trial-nas') as HTMLSelectElement | null;
	if (!nas) return;
	const connections: { value: string; label: string }[] = [];
	RED.nodes.eachConfig((one) => {
		if (one.type === 'synology-nas')
			connections.push({ value: one.id, label: textOf(one['name']) || textOf(one['url']) || one.id });
	});
	fillSelect(nas, connections, '');
	const [before, after] = node._(`${node.type}.ui.trialAddress`, { address: '\n' }).split('\n');
	document
		.getElementById('synoflow-trial-address')
		?.replaceChildren(before ?? '', element('code', {}, callback()), after ?? '');
	onPress(node, 'synoflow-trial', PLACE, async () => await tryIt(node, data, nas.value));
}

/** To be called within a click, or the browser blocks the window. */
async function tryIt(node: EditorNode, { type, fields }: ConnectionData, nas: string): Promise<void> {
	const popup = window.open('about:blank', 'dsm', 'width=560,height=720');
	const word = (name: string): string => node._(`${type}.ui.${name}`, { address: callback() });
	if (!popup) return say([word('signInBlocked')], 'synoflow-bad', PLACE);
	try {
		const values = { ...placeOf(node), ...valuesOf(fields), nas, editor: editorAddress() };
		const { ok, message, hint, flow, address } = await postJson<Started>(`${type}/trial/start`, values);
		if (!ok || address === undefined) return say([message, hint], 'synoflow-bad', PLACE);
		popup.location = address;
		say([word('trialWaiting')], '', PLACE);
		const answer = await resultOf(`${type}/trial/result`, flow!, popup);
		if (answer) say([answer.message, answer.hint], goodOrBad(answer.ok), PLACE);
		else say([word('trialClosed')], 'synoflow-bad', PLACE);
	} finally {
		popup.close();
	}
}

/** What came of the sign-in; undefined when the window was closed before. */
async function resultOf(url: string, flow: string, popup: Window): Promise<TestAnswer | undefined> {
	for (;;) {
		const wasClosed = popup.closed;
		const answer = await postJson<Partial<TestAnswer>>(url, { flow });
		if (answer.message !== undefined) return answer as TestAnswer;
		if (wasClosed) return undefined;
		await new Promise((resolve) => setTimeout(resolve, RHYTHM));
	}
}
