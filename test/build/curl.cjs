// The part of curl that the reference uses, so that its examples are tested on machines without curl and without a process each.
const { readFileSync } = require('node:fs');
const { basename, resolve } = require('node:path');

const pair = (text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];

const options = {
	'-s': () => {},
	'-H': (given, take) => {
		const [name, value] = take().split(/: (.*)/s);
		given.headers[name] = value;
	},
	'-d': (given, take) => given.form.push(take()),
	'--data-urlencode': (given, take) => {
		const [name, value] = pair(take());
		given.form.push(`${name}=${encodeURIComponent(value)}`);
	},
	'-G': (given) => (given.asQuery = true),
	'-X': (given, take) => (given.method = take()),
	'-u': (given, take) => (given.headers.authorization = `Basic ${Buffer.from(take()).toString('base64')}`),
	'--data-binary': (given, take) => (given.body = take()),
	'-F': (given, take) => given.parts.push(pair(take())),
};

function read(words) {
	const given = { headers: {}, form: [], parts: [] };
	const left = [...words];
	while (left.length > 0) {
		const word = left.shift();
		if (options[word]) options[word](given, () => left.shift());
		else if (word.startsWith('-')) throw new Error(`unknown option ${word}`);
		else given.url = word;
	}
	return given;
}

function part([name, value], folder) {
	const head = `Content-Disposition: form-data; name="${name}"`;
	if (!value.startsWith('@')) return `--limit\r\n${head}\r\n\r\n${value}\r\n`;
	const file = resolve(folder, value.slice(1));
	return `--limit\r\n${head}; filename="${basename(file)}"\r\nContent-Type: application/octet-stream\r\n\r\n${readFileSync(file)}\r\n`;
}

/** What curl with these words would print in this folder. */
async function curl(words, folder) {
	const { url, headers, form, parts, method, asQuery, body: data } = read(words);
	if (asQuery) return await (await fetch(`${url}?${form.join('&')}`, { headers })).text();
	if (method !== undefined) return await (await fetch(url, { method, headers, body: data })).text();
	const multipart = parts.length > 0;
	const body = multipart ? `${parts.map((one) => part(one, folder)).join('')}--limit--\r\n` : form.join('&');
	const type = multipart ? 'multipart/form-data; boundary=limit' : 'application/x-www-form-urlencoded';
	const response = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
	return await response.text();
}

module.exports = { curl };

if (require.main === module) {
	curl(process.argv.slice(2), process.cwd()).then(
		(text) => process.stdout.write(text),
		(error) => {
			console.error(error);
			process.exitCode = 1;
		},
	);
}
