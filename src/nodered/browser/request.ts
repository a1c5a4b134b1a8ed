import type { ServiceForms, ServiceTitles } from './data';

/** Asks the editor's server; what it says about a failure is in the message of the error. */
export const request = async <T>(options: Parameters<typeof $.ajax>[0]): Promise<T> =>
	await new Promise((resolve, reject) => {
		$.ajax(options).then(
			(answer) => resolve(answer as T),
			({ status, statusText, responseJSON = {} }) => {
				const { message, hint } = responseJSON;
				reject(new Error([message, hint].filter(Boolean).join(' ') || `${status} ${statusText}`));
			},
		);
	});

/** Sends values; the answer is JSON. */
export const postJson = async <T>(url: string, values: object): Promise<T> =>
	await request<T>({ type: 'POST', url, contentType: 'application/json', data: JSON.stringify(values) });

/** Language of the editor as far as texts were written in it: "de" for "de-AT". */
export function languageOf(wanted: string, written: readonly string[]): string {
	const base = wanted.split('-')[0];
	return written.find((one) => one === wanted) ?? written.find((one) => one.split('-')[0] === base) ?? written[0]!;
}

/** A file of this package, in the editor's language. */
const resource = async <T>(name: string, dataType: 'json' | 'text'): Promise<T> =>
	await request<T>({
		url: `resources/@synoflow/n8n-nodes-synology/${name}.${languageOf(RED.i18n.lang(), LANGUAGES)}.${dataType === 'json' ? 'json' : 'html'}`,
		dataType,
	});

/** Remembers what a loader gave; a failure is tried again. */
function remembered<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const known = new Map<string, Promise<T>>();
	return async (key) => {
		const found = known.get(key) ?? load(key);
		known.set(key, found);
		try {
			return await found;
		} catch (error) {
			known.delete(key);
			throw error;
		}
	};
}

const formsHere = new Map<string, ServiceForms>();

/** Forms of a service: fetched when the first of them opens. */
export const loadForms = remembered(async (service) => {
	const forms = await resource<ServiceForms>(`forms/${service}`, 'json');
	formsHere.set(service, forms);
	return forms;
});

const titlesByService = new Map<string, ServiceTitles>();

/** Titles of a service's operations and events: fetched when the first of its nodes is drawn. */
export const loadTitles = remembered(async (service) => {
	const found = await resource<ServiceTitles>(`titles/${service}`, 'json');
	titlesByService.set(service, found);
	return found;
});

/** The titles, if they have come. */
export const titlesHere = (service: string): ServiceTitles | undefined => titlesByService.get(service);

/** What a parameter is called: by its title once the forms of the service are here, before that by its name. */
export const titles =
	(service: string, type: string, group: string, name: string) =>
	(field: string): string => {
		const fields = formsHere.get(service)?.[type]?.[group]?.[name]?.fields ?? [];
		return fields.find((one) => one.name === field)?.title ?? field;
	};

/** Help of a node type: fetched when it is first shown. */
export const loadHelp = remembered((type) => resource<string>(`help/${type}`, 'text'));
