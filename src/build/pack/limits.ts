import { platform } from '../../platform/hosted';
import type { Capabilities } from '../../platform';
import { BUDGETS } from '../../core/budget';
import { PACKAGE } from '../places';

/** What is not there without a capability of the platform, for the read-me. */
const WITHOUT: Record<keyof Capabilities, string> = {
	realtime:
		'Triggers look for news at their poll times alone; the NAS cannot hint at them earlier. (In n8n no trigger takes such hints.)',
	proxy:
		'A proxy is that of n8n itself: its variables `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` hold for these nodes as for its own, and the nodes do not read them.',
	threads: `Texts are converted where n8n runs, so a conversion takes at most ${BUDGETS.conversionHere.most.toLocaleString('en-US')} characters; more is refused before it begins. A regular expression must do without look-around and references to its own groups.`,
	datagram: 'Wake-on-LAN cannot be sent.',
};

/** What the edition for n8n cannot do, from what its platform declares. */
export const limits = (): string => {
	const missing = Object.entries(platform.capabilities).filter(([, has]) => !has) as [keyof Capabilities, false][];
	return `This edition keeps to what n8n allows in packages that it verifies: no files, no environment, no modules of Node.js but for cryptography, no other packages. All requests go through n8n. What that means:

${missing.map(([name]) => `- ${WITHOUT[name]}`).join('\n')}
- Each request opens a connection of its own, as n8n's requests do; \`${PACKAGE}\` keeps connections open, and is faster where it is allowed.
- "Pin SHA-256 Fingerprint" asks the NAS for its certificate by a request that holds nothing (\`HEAD /\`), compares it, and trusts nothing else from then on. A pinned certificate must not have expired.
- Where n8n's SSRF protection is on, the administrator has to list the address of the NAS in \`N8N_SSRF_ALLOWED_IP_RANGES\`.

Workflows move between both packages by the command \`npx ${PACKAGE} exchange\`; credentials stay as they are.`;
};
