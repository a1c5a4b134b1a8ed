import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Table = Record<string, string>;

/** Sources of the project, whether this file runs as one of them or compiled: tables are read by the build alone. */
const src = [path.join(__dirname, '../..'), path.join(__dirname, '../../../../src')].find((folder) =>
	existsSync(path.join(folder, 'nodered/locales/de.json')),
)!;

const read = (file: string): Table => JSON.parse(readFileSync(path.join(src, file), 'utf8')) as Table;

/** Table of a service; one whose texts are all common words needs none. */
function tableOf(service: string): Table {
	const file = `services/${service}/de.json`;
	return existsSync(path.join(src, file)) ? read(file) : {};
}

/** German by English text: the words of all forms, and those that a service has of its own or uses in its own way. */
export const germanOf = (service?: string): Table => ({
	...read('nodered/locales/de.json'),
	...(service === undefined ? {} : tableOf(service)),
});
