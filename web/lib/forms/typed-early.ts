/**
 * What was typed, chosen or ticked before the page was alive. Hydration puts some fields back to what the server rendered
 * (a `<select>` always, fields without a binding too), so what stood in them is noted before and given back after.
 */
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Sent by the root layout once everything on the page listens. */
export const ALIVE_EVENT = 'tavle:alive';
const FIELDS = 'input, textarea, select';

/** Call it before hydration; it ends by itself with `ALIVE_EVENT`. */
export function keepWhatIsTypedEarly(): void {
	const early = new Map<Field, string>();
	const note = (field: Field) => early.set(field, contentOf(field));
	const heard = ({ target }: Event) => {
		if (target instanceof Element && target.matches(FIELDS)) note(target as Field);
	};
	document.querySelectorAll<Field>(FIELDS).forEach((field) => {
		if (isTouched(field)) note(field);
	});
	for (const type of ['input', 'change']) document.addEventListener(type, heard, true);
	const end = () => {
		for (const type of ['input', 'change']) document.removeEventListener(type, heard, true);
		for (const [field, content] of early) giveBack(field, content);
	};
	addEventListener(ALIVE_EVENT, end, { once: true });
}

function isTickable(field: Field): field is HTMLInputElement {
	return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');
}

function contentOf(field: Field): string {
	return isTickable(field) ? String(field.checked) : field.value;
}

/** Whether it holds something else than the server wrote into it. */
function isTouched(field: Field): boolean {
	if (field instanceof HTMLSelectElement) return field.value !== renderedChoice(field);
	return isTickable(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/** Without a chosen option a browser shows the first. */
function renderedChoice({ options }: HTMLSelectElement): string | undefined {
	return ([...options].findLast((option) => option.defaultSelected) ?? options[0])?.value;
}

/** With the events a hand would have made, so that whoever listens learns of it. */
function giveBack(field: Field, content: string): void {
	if (!field.isConnected || contentOf(field) === content) return;
	if (isTickable(field)) field.checked = content === 'true';
	else field.value = content;
	for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}
