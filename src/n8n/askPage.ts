const page = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Synology Chat</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 15vh auto 0; padding: 0 1rem; }
textarea { box-sizing: border-box; width: 100%; font: inherit; }
button { font: inherit; padding: .5rem 1.5rem; margin-top: 1rem; }
</style>
</head>
<body>
${body}
</body>
</html>
`;

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const TEXT =
	'<p><label for="text">Your answer</label></p>\n<textarea id="text" name="text" rows="6" required></textarea>\n';

/** The page behind a link in a question: one button that answers, below a field where a text is asked for. */
export const answerPage = ({ label, isText }: { label: string; isText: boolean }): string =>
	page(`<form method="post">\n${isText ? TEXT : ''}<button type="submit">${escaped(label)}</button>\n</form>`);

/** What a person sees who has answered. */
export const donePage = page('<p>Your answer was recorded. You can close this page.</p>');
