import type { Files } from '../files';

/** A letter in a frame, until somebody draws something better. */
const letter = (text: string, ink: string, accent: string): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">
	<rect x="7" y="7" width="46" height="46" rx="9" fill="none" stroke="${ink}" stroke-width="5" />
	<text x="30" y="41" text-anchor="middle" font-family="sans-serif" font-size="30" font-weight="bold" fill="${accent}">${text}</text>
</svg>
`;

/** Node-RED wants white on nothing, and higher than wide. */
const white = (
	text: string,
): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 60" width="40" height="60">
	<rect x="4" y="14" width="32" height="32" rx="6" fill="none" stroke="#fff" stroke-width="3.4" />
	<text x="20" y="38" text-anchor="middle" font-family="sans-serif" font-size="21" font-weight="bold" fill="#fff">${text}</text>
</svg>
`;

/** Icons for light and dark, and for Node-RED, in the colors of the others. */
export const icons = (id: string, title: string): Files => ({
	[`${id}.svg`]: letter(title.charAt(0), '#24405c', '#1f9d8f'),
	[`${id}.dark.svg`]: letter(title.charAt(0), '#d5e3f0', '#45cdbd'),
	[`nodered/${id}.svg`]: white(title.charAt(0)),
});
