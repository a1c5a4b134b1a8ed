import { allServices, headName, services } from '../services';
import type { Service } from '../catalog/operation';
import type { ServiceForms, ServiceTitles } from '../nodered/browser/data';
import { APPLICATION, BOT, connectionHtml, NAS, type ConnectionKind } from '../nodered/editor/connection-html';
import { connectionHelp, nodeHelp, serviceHelp } from '../nodered/editor/help';
import { serviceHtml } from '../nodered/editor/html';
import {
	connectionCatalogue,
	serviceCatalogue,
	translator,
	type Catalogue,
	type Translate,
} from '../nodered/editor/locales';
import { formsOf, nodesOf, titlesOf } from '../nodered/editor/model';
import { germanOf } from '../nodered/locales/german';
import { secretsPart } from '../nodered/register';
import type { Files } from './files';

/** By language, for a service or for what belongs to none. English first: other languages of the editor fall back to it. */
const languages: Record<string, (service?: string) => Translate> = {
	'en-US': () => translator({}),
	de: (service) => translator(germanOf(service), 'z. B.'),
};

export const LANGUAGES: readonly string[] = Object.keys(languages);

/** Files in each language. */
const inEach = (service: string | undefined, make: (language: string, translate: Translate) => Files): Files =>
	Object.assign({}, ...LANGUAGES.map((language) => make(language, languages[language]!(service)))) as Files;

interface Texts {
	html: string;
	catalogue: (translate: Translate) => Catalogue;
	help: (translate: Translate) => string;
}

/** What the editor loads when it opens: the file beside the compiled entry, and its message catalogue and help in each language. */
const entryFiles = (folder: string, entry: string, { html, catalogue, help }: Texts, service?: string): Files => ({
	[`${folder}/${entry}.html`]: html,
	...inEach(service, (language, translate) => ({
		[`${folder}/locales/${language}/${entry}.json`]: `${JSON.stringify(catalogue(translate), null, '\t')}\n`,
		[`${folder}/locales/${language}/${entry}.html`]: help(translate),
	})),
});

/** What the editor loads of a service when it opens. */
const pageFiles = (service: Service): Files =>
	entryFiles(
		`dist/nodes/${headName(service)}`,
		`synology-${service.id}.nodered`,
		{
			html: serviceHtml(
				service,
				LANGUAGES.map((language) => languages[language]!(service.id)),
			),
			catalogue: (translate) => serviceCatalogue(service, translate),
			help: (translate) => serviceHelp(service, translate),
		},
		service.id,
	);

/** What the editor fetches of a service: titles when a node is drawn, forms when one opens, help when it is shown. */
const fetchedFiles = (service: Service): Files =>
	inEach(service.id, (language, translate) => {
		const nodes = nodesOf(service);
		const forms: ServiceForms = Object.fromEntries(nodes.map((spec) => [spec.type, formsOf(spec, translate)]));
		const titles: ServiceTitles = Object.fromEntries(nodes.map((spec) => [spec.type, titlesOf(spec, translate)]));
		return {
			[`resources/titles/${service.id}.${language}.json`]: `${JSON.stringify(titles)}\n`,
			[`resources/forms/${service.id}.${language}.json`]: `${JSON.stringify(forms, null, '\t')}\n`,
			...Object.fromEntries(
				nodes.map((spec) => [`resources/help/${spec.type}.${language}.html`, nodeHelp(spec, translate)]),
			),
		};
	});

/** Editor files of one service. */
export const serviceFiles = (service: Service): Files => ({ ...pageFiles(service), ...fetchedFiles(service) });

/** What the runtime reads of a service before it loads it. */
const partFile = (id: string): Files => {
	const [file, derive] = secretsPart(id);
	return { [`dist/${file}`]: JSON.stringify(derive()) };
};

/** Editor files of the connection node. */
export const connectionFiles = (kind: ConnectionKind = NAS): Files =>
	entryFiles('dist/credentials', `${kind.type}.nodered`, {
		html: connectionHtml(kind),
		catalogue: (translate) => connectionCatalogue(kind, translate),
		help: (translate) => connectionHelp(kind, translate),
	});

/** All editor files of the package, by path. */
export const noderedFiles = (): Files =>
	Object.assign(
		{},
		connectionFiles(),
		connectionFiles(BOT),
		connectionFiles(APPLICATION),
		...allServices().map(serviceFiles),
		...services.map(({ id }) => partFile(id)),
	) as Files;
