import type { Service } from '../../catalog/operation';
import { fieldsOf, type Field } from '../../host/form';
import { APPLICATION_TYPE } from '../application';
import { CHECK_TEXTS } from '../../host/checkText';
import { BOT_TYPE } from '../bot';
import { CONNECTION_TYPE } from '../connection';
import { CONNECTION_EVENTS_TYPE } from '../connectionEvents';
import type { ConnectionKind } from './connection-html';
import { nodesOf, type NodeSpec } from './model';
import { APPLICATION_WORDS, CONNECTION_WORDS, STATUS_TEXTS, WORDS } from './words';

/** English text in, text of the language out. */
export type Translate = (text: string) => string;

/** Message catalogue of a node set. */
export interface Catalogue {
	[key: string]: string | Catalogue;
}

/** Translator over a table by English text; what the table lacks stays English. `example` stands for "e.g." before examples. */
export const translator =
	(table: Record<string, string>, example = 'e.g.'): Translate =>
	(text) =>
		Object.hasOwn(table, text) ? table[text]! : text.replace(/^e\.g\.(?= )/, example);

const translated = (words: Record<string, string>, translate: Translate): Catalogue =>
	Object.fromEntries(Object.entries(words).map(([key, text]) => [key, translate(text)]));

function fieldTexts(field: Field, translate: Translate): Catalogue {
	return {
		title: translate(field.title),
		...(field.description && { description: translate(field.description) }),
		...(field.placeholder && { placeholder: translate(field.placeholder) }),
		...(field.options.length > 0 && {
			options: Object.fromEntries(field.options.map(({ value, label }) => [value, translate(label)])),
		}),
	};
}

const fieldsTexts = (fields: readonly Field[], translate: Translate): Catalogue =>
	Object.fromEntries(fields.map((field) => [field.name, fieldTexts(field, translate)]));

/** What the palette and the canvas call a node: "Synology Chat", "Synology Chat trigger". */
export const nodeTitle = ({ service, kind }: NodeSpec, translate: Translate): string =>
	`Synology ${translate(service.title)} ${translate(SUFFIX[kind])}`.trim();

const SUFFIX = { action: '', trigger: 'trigger', push: 'bot trigger' };

const palette: Catalogue = { label: { synology: 'Synology' } };

/** Message catalogue of a service's nodes: their names alone. The editor loads it several times; other texts are fetched when needed. */
export const serviceCatalogue = (service: Service, translate: Translate): Catalogue => ({
	palette,
	...Object.fromEntries(nodesOf(service).map((spec) => [spec.type, { title: nodeTitle(spec, translate) }])),
});

/** Texts by what the runtime sends, where the language has another: JSON, since the editor's lookup gives no tables. */
const tableOf = (texts: readonly string[], translate: Translate): string =>
	JSON.stringify(
		Object.fromEntries(texts.map((text) => [text, translate(text)]).filter(([text, shown]) => text !== shown)),
	);

const CONNECTION_TITLES: Record<string, string> = {
	[CONNECTION_TYPE]: 'Synology NAS',
	[BOT_TYPE]: 'Synology Chat bot',
	[APPLICATION_TYPE]: 'Synology SSO application',
};

/** Message catalogue of a connection node; that of the NAS holds the fixed words of all forms. */
export const connectionCatalogue = ({ type, schema }: ConnectionKind, translate: Translate): Catalogue => ({
	...(type === CONNECTION_TYPE && {
		words: translated(WORDS, translate),
		status: tableOf(STATUS_TEXTS, translate),
		check: tableOf(CHECK_TEXTS, translate),
		palette,
		[CONNECTION_EVENTS_TYPE]: { title: translate('Synology connection') },
	}),
	[type]: {
		title: translate(CONNECTION_TITLES[type]!),
		ui: translated({ ...CONNECTION_WORDS, ...(type === APPLICATION_TYPE && APPLICATION_WORDS) }, translate),
		fields: fieldsTexts(fieldsOf(schema), translate),
	},
});
