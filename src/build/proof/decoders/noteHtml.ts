import { isDsmError } from '../../../core/errors';
import { ticked } from '../../../services/note/lib/checklist';
import { fromHtml } from '../../../services/note/lib/format';
import type { WholeNote } from '../../../services/note/wire/notes';
import type { Decoder } from '../decoder';

const BOX = '<input class="syno-notestation-editor-checkbox">';

/** HTML of a note, as whoever shares it wrote it. */
export const decoder: Decoder = {
	title: 'HTML of notes',
	async read(html) {
		await fromHtml(html, 'text');
		await fromHtml(html, 'markdown');
		return ticked({ content: html, title: 'a' } as WholeNote, 'a', true);
	},
	means: isDsmError,
	frames: [
		['', ''],
		['<div>', '</div>'],
		['<table><tr><td>', '</td></tr></table>'],
	],
	pieces: [
		'<div>',
		'<div> ',
		'<div><br>',
		'<div>&nbsp;',
		'</div>',
		'<div>a</div>',
		'<p>',
		'<b>',
		'<b>a</b>',
		'<a href="',
		'<a b=',
		'<span style="',
		'<ul><li>',
		'<li>',
		'<ol>',
		'<pre>',
		'<table>',
		'<tr>',
		'<td>',
		'<br>',
		'<hr/>',
		'<!--',
		'<![CDATA[',
		'<?',
		'</',
		'<x',
		'<input ',
		BOX,
		`${BOX}a`,
		'<script>',
		'</script>',
		'<style>',
		'&nbsp;',
		'<img ',
		'<h1>',
	],
};
