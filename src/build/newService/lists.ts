import { services, type ServiceEntry } from '../../services';
import type { Files } from '../files';
import { withLists } from '../heads';
import { apisOf, type NewService } from './rooms';

/** Puts something in front of a mark that must be there: where it is not, the file was changed, and so must this program be. */
function before(text: string, mark: string, added: string): string {
	if (text.split(mark).length !== 2) throw new Error(`"${mark.trim()}" is not once in the file that lists services.`);
	return text.replace(mark, () => added + mark);
}

const entry = (service: NewService): string => `	{
		id: '${service.id}',
		title: '${service.title}',
		apis: '${apisOf(service)}',
		nodes: ['action'],
		load: () => (require('./${service.id}') as typeof import('./${service.id}')).${service.id},
	},
`;

/** The table of services with a new one at its end. */
const inTable = (text: string, service: NewService): string =>
	before(text, '];\n\n/** All services, loaded', entry(service));

/** The README: a row of its table, and a link to the reference, which is the last of a list in words. */
const inReadme = (text: string, { id, title }: NewService): string =>
	before(
		before(text, '| **Synology API** |', `| **Synology ${title}** | What it runs on | – |\n`),
		', written from the same declarations',
		` and [${title}](docs/api/${id}.md)`,
	).replace(/ and (\[[^\]]+\]\(docs\/api\/\w+\.md\) and )/, ', $1');

/** What has to be edited for a new service, by file. */
export function edited(service: NewService, read: (file: string) => string): Files {
	const added: ServiceEntry = {
		...service,
		apis: apisOf(service),
		nodes: ['action'],
		load: () => {
			throw new Error('A service that was just written is not loaded.');
		},
	};
	return {
		'src/services/index.ts': inTable(read('src/services/index.ts'), service),
		'package.json': withLists(read('package.json'), [...services, added]),
		'README.md': inReadme(read('README.md'), service),
	};
}
