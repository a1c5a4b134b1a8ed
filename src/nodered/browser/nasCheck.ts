import type { CheckAnswer } from './data';
import { element } from './dom';
import type { EditorNode } from './node';

const PLACE = 'synoflow-test-answer';
const FILE = 'synology-check.json';

/** Where the texts of a check stand, as JSON, like those of statuses. */
const TEXTS = '@synoflow/n8n-nodes-synology/synology-nas:check';

/** A text of a check in the language of a table by English text; `#` stands for a number, `*` for a name. English where it is not there. */
export function checkText(table: Record<string, string>, text: string): string {
	const [, times = '', reason = text] = /^(\d+ × )(.*)$/.exec(text) ?? [];
	for (const [known, shown] of Object.entries(table)) {
		const form = known
			.replace(/[.?+()[\]]/g, '\\$&')
			.replace('#', '(\\d+)')
			.replace('*', '(.+)');
		const [, ...values] = new RegExp(`^${form}$`).exec(reason) ?? [];
		if (known === reason || values.length > 0) return times + shown.replace(/[#*]/g, () => values.shift() ?? '');
	}
	return text;
}

function table(): Record<string, string> {
	const text = RED._(TEXTS);
	return text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : {};
}

/** Name of a service's node in the language of the editor. */
function titleOf(service: string, title: string): string {
	const type = `synology-${service}`;
	const text = RED._(`@synoflow/n8n-nodes-synology/${type}:${type}.title`);
	return text.startsWith('Synology ') ? text : title;
}

/** The address of the last report: it can be saved for as long as it is shown. */
let address = '';

/** Shows what a check found, gives the person the report as a file, and a link to save it again. */
export function showCheck(node: EditorNode, { found, report }: CheckAnswer): void {
	const say = (word: string): string => node._(`${node.type}.ui.${word}`);
	const texts = table();
	URL.revokeObjectURL(address);
	address = URL.createObjectURL(new Blob([JSON.stringify(report, null, '\t')], { type: 'application/json' }));
	const link = element('a', { id: 'synoflow-check-report', href: address, download: FILE }, FILE);
	const services = found.services.map(({ service, title, counts, reasons }) =>
		element(
			'li',
			{},
			element('strong', {}, titleOf(service, title)),
			` ${counts.map((one) => checkText(texts, one)).join(', ')}`,
			element('ul', {}, ...reasons.map((reason) => element('li', {}, checkText(texts, reason)))),
		),
	);
	const box = document.getElementById(PLACE);
	if (!box) return;
	box.className = 'synoflow-answer';
	box.replaceChildren(
		element('div', { class: 'synoflow-good' }, `DSM ${found.dsm} · `, say('checked'), ' ', link),
		...(found.complete ? [] : [element('div', { class: 'synoflow-bad' }, checkText(texts, UNFINISHED))]),
		element('div', {}, say('checkedPrivate')),
		element('ul', { class: 'synoflow-check-found' }, ...services),
	);
	link.click();
}

const UNFINISHED = 'The time was over before everything was tried.';
