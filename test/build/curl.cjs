// The part of curl that the reference uses, so that its examples are tested on machines without curl.
const { readFileSync } = require('node:fs');
const { basename } = require('node:path');

const given = { headers: {}, form: [], parts: [] };
const pair = (text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
const options = {
	'-s': () => {},
	'-H': (take) => {
		const [name, value] = take().split(/: (.*)/s);
		given.headers[name] = value;
	},
	'-d': (take) => given.form.push(take()),
	'--data-urlencode': (take) => {
		const [name, value] = pair(take());
		given.form.push(`${name}=${encodeURIComponent(value)}`);
	},
	'-F': (take) => given.parts.push(pair(take())),
};

const words = process.argv.slice(2);
while (words.length > 0) {
	const word = words.shift();
	if (options[word]) options[word](() => words.shift());
	else if (word.startsWith('-')) throw new Error(`unknown option ${word}`);
	else given.url = word;
}

function part([name, value]) {
	const head = `Content-Disposition: form-data; name="${name}"`;
	if (!value.startsWith('@')) return `--limit\r\n${head}\r\n\r\n${value}\r\n`;
	const file = value.slice(1);
	return `--limit\r\n${head}; filename="${basename(file)}"\r\nContent-Type: application/octet-stream\r\n\r\n${readFileSync(file)}\r\n`;
}

function request() {
	if (given.parts.length === 0) return { body: given.form.join('&'), type: 'application/x-www-form-urlencoded' };
	return { body: `${given.parts.map(part).join('')}--limit--\r\n`, type: 'multipart/form-data; boundary=limit' };
}

async function main() {
	const { body, type } = request();
	const response = await fetch(given.url, { method: 'POST', headers: { ...given.headers, 'content-type': type }, body });
	process.stdout.write(await response.text());
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
