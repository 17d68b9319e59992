/** First letter of the first and of the last name: what an avatar and the wall's agenda show. */
export function initialsOf(name: string): string {
	const parts = name.trim().split(/\s+/u);
	const first = [...(parts[0] ?? '')][0] ?? '';
	const last = parts.length > 1 ? ([...(parts.at(-1) ?? '')][0] ?? '') : '';
	return (first + last).toLocaleUpperCase('da');
}
