/** Roots that a full path can have (drive.md 2.1). */
const ROOT = /^\/(mydrive|team-folders|shared-with-me|views|volumes)(\/|$)/;
const ID = /^id:\d+(\/.+)?$/s;
const LINK = /^link:[0-9A-Za-z]{32}(\/.+)?$/s;
/** Ids have 64 bits; short numbers are something else, maybe a name. */
const BARE_ID = /^\d{12,20}$/;
const BARE_LINK = /^[0-9A-Za-z]{32}$/;
/** Links of the web client, internal and public, and of Synology Office. */
const LINK_URL = /\/(?:d\/[fs]|oo\/r)\/([0-9A-Za-z]{32})(?:[/?#]|$)/;
const ID_URL = /[#?&]file_id=(?:id:)?(\d+)/;

/** The address on the wire of whatever names a file or folder; undefined when nothing fits. */
export function addressOf(text: string): string | undefined {
	const trimmed = text.trim();
	if (/^https?:\/\//i.test(trimmed)) return fromUrl(trimmed);
	if (BARE_ID.test(trimmed)) return `id:${trimmed}`;
	if (BARE_LINK.test(trimmed)) return `link:${trimmed}`;
	// Drive compares names in this form. A name may end in a space, so nothing else is cut than a slash.
	const path = text.normalize('NFC').replace(/(?<=.)\/+$/, '');
	return ROOT.test(path) || ID.test(path) || LINK.test(path) ? path : undefined;
}

function fromUrl(url: string): string | undefined {
	const link = LINK_URL.exec(url)?.[1];
	const id = ID_URL.exec(url)?.[1];
	return link ? `link:${link}` : id ? `id:${id}` : undefined;
}
