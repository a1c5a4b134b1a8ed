import { allServices } from '../services';
import type { Service } from '../catalog/operation';
import { BOT, connectionHtml, NAS, type ConnectionKind } from '../nodered/editor/connection-html';
import { connectionHelp, serviceHelp } from '../nodered/editor/help';
import { serviceHtml } from '../nodered/editor/html';
import {
	connectionCatalogue,
	serviceCatalogue,
	translator,
	type Catalogue,
	type Translate,
} from '../nodered/editor/locales';
import { germanOf } from '../nodered/locales/german';
import type { Files } from './files';

/** By language, for a service or for what belongs to none. */
const languages: Record<string, (service?: string) => Translate> = {
	'en-US': () => translator({}),
	de: (service) => translator(germanOf(service), 'z. B.'),
};

interface Texts {
	html: string;
	catalogue: (translate: Translate) => Catalogue;
	help: (translate: Translate) => string;
}

/** The editor file beside the compiled entry, and its message catalogue and help in each language. */
function entryFiles(folder: string, entry: string, { html, catalogue, help }: Texts, service?: string): Files {
	const localized = Object.entries(languages).flatMap(([language, translatorOf]) => {
		const translate = translatorOf(service);
		return [
			[`${folder}/locales/${language}/${entry}.json`, `${JSON.stringify(catalogue(translate), null, '\t')}\n`],
			[`${folder}/locales/${language}/${entry}.html`, help(translate)],
		];
	});
	return { [`${folder}/${entry}.html`]: html, ...(Object.fromEntries(localized) as Files) };
}

/** Folder of a service's node files: `nodes/SynologyChat`. */
const folderOf = ({ id }: Service): string => `nodes/Synology${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** Editor files of one service. */
export const serviceFiles = (service: Service): Files =>
	entryFiles(
		folderOf(service),
		`synology-${service.id}.nodered`,
		{
			html: serviceHtml(service),
			catalogue: (translate) => serviceCatalogue(service, translate),
			help: (translate) => serviceHelp(service, translate),
		},
		service.id,
	);

/** Editor files of the connection node. */
export const connectionFiles = (kind: ConnectionKind = NAS): Files =>
	entryFiles('credentials', `${kind.type}.nodered`, {
		html: connectionHtml(kind),
		catalogue: (translate) => connectionCatalogue(kind, translate),
		help: (translate) => connectionHelp(kind, translate),
	});

/** All editor files of the package. */
export const noderedFiles = (): Files =>
	Object.assign({}, connectionFiles(), connectionFiles(BOT), ...allServices().map(serviceFiles)) as Files;
