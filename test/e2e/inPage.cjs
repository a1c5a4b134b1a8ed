/* global requestAnimationFrame */
// What runs in the page of Node-RED's editor: each function stands alone, since it is sent there as text.

/** Elements of a form that stick out of its tray, and texts that are cut off; all optional parts are opened for it. */
function stickingOut(tray) {
	for (const details of tray.querySelectorAll('details')) details.open = true;
	const { left, right } = tray.getBoundingClientRect();
	return [...tray.querySelectorAll('.synoflow-form, .synoflow-form *')]
		.filter((one) => {
			const box = one.getBoundingClientRect();
			if (box.width === 0 || one.closest('svg, .red-ui-typedInput-container *')) return false;
			// What is inline has no width of its own.
			const isCut =
				one.clientWidth > 0 &&
				one.scrollWidth > one.clientWidth + 1 &&
				/^(LABEL|DIV|P|SPAN|BUTTON|SUMMARY)$/.test(one.tagName);
			return box.right > right || box.left < left || isCut;
		})
		.map((one) => `${one.tagName} ${one.id || one.className}: ${(one.textContent ?? '').trim().slice(0, 40)}`);
}

/** Takes an operation or event from the list of the chooser, and says what became of it. `measure`: `stickingOut`, as text. */
async function glance(chooser, [key, measure]) {
	const page = chooser.ownerDocument;
	chooser.focus();
	chooser.click();
	const options = page.querySelectorAll(`#synoflow-choices [role=option][data-key="${key}"]`);
	[...options].at(-1).click();
	const isShown = () =>
		[...page.querySelectorAll(`.synoflow-entry[data-entry="${key}"]`)].some(
			(entry) => entry.getClientRects().length > 0,
		);
	while (!isShown()) await new Promise(requestAnimationFrame);
	const tray = [...page.querySelectorAll('.red-ui-tray-body')].at(-1);
	return {
		text: page.querySelector('#dialog-form').innerText,
		tooWide: new Function('tray', `return (${measure})(tray)`)(tray),
		isWrong: chooser.classList.contains('input-error'),
	};
}

module.exports = { glance, stickingOut };
