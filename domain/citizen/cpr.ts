/** Ten digits, a date of birth first. Modulus 11 is not asked for: numbers without it are valid since 2007. */
export function parseCpr(raw: string): string | undefined {
	const digits = raw.replace(/[\s-]/g, '');
	if (!/^\d{10}$/.test(digits)) return undefined;
	const day = Number(digits.slice(0, 2));
	const month = Number(digits.slice(2, 4));
	return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? digits : undefined;
}
