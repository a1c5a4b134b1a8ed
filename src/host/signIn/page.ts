/** The page of the sign-in helper: one button, since browsers open popups only for a click (identity.md 13.2, 13.3). */
export const helperPage = (address: string, origin: string): string => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in to DSM</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em; color-scheme: light dark }
button { font: inherit; padding: .5em 1em }</style></head>
<body>
<h1>Sign in to DSM</h1>
<p>A window with the sign-in page of <b>${escaped(origin)}</b> opens. Whoever is signed in to DSM in this browser is signed out there.</p>
<p><button id="open">Sign in</button></p>
<p id="said" role="status"></p>
<script>
const address = ${literal(address)}, origin = ${literal(origin)};
const say = (text) => { document.getElementById('said').textContent = text; };
let popup, done = false, silence;
addEventListener('message', async ({ origin: from, source, data }) => {
	if (done || !popup || from !== origin || source !== popup || !data || !data.code || !data.rs) return;
	done = true;
	popup.close();
	say('Signing in …');
	const { code, rs, state } = data;
	const answer = await fetch('callback', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, rs, state }) });
	say((await answer.json()).message);
});
document.getElementById('open').addEventListener('click', () => {
	popup = open('about:blank', 'dsm', 'width=560,height=720');
	if (!popup) return say('The browser blocked the window: allow popups for this page, and press again.');
	popup.location = address;
	say('Waiting for DSM …');
	clearInterval(silence);
	silence = setInterval(() => {
		if (done || !popup.closed) return;
		clearInterval(silence);
		say('The window was closed before DSM answered. Press again; if DSM stays silent although you signed in, this DSM does not answer such pages: use account and password.');
	}, 500);
});
</script>
</body></html>
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A text within a script: nothing in it can end the script. */
const literal = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');
