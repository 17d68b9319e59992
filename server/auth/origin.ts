/**
 * May this request change something in the name of whoever's cookie it carries? Browsers say where a page came from and pages
 * cannot lie about it; programs say nothing and have no cookie by accident.
 *
 * @param trustedOrigins what people type, when a proxy with TLS stands in front
 */
export function isFromOurPages(headers: Headers, trustedOrigins: readonly string[]): boolean {
	const origin = headers.get('origin');
	if (origin === null) return !isForeignSite(headers.get('sec-fetch-site'));
	return trustedOrigins.includes(origin) || hostOf(origin) === headers.get('host');
}

function isForeignSite(site: string | null): boolean {
	return site === 'cross-site' || site === 'same-site';
}

/** Host and port of an origin; undefined for `null` and what is no address. */
function hostOf(origin: string): string | undefined {
	return URL.canParse(origin) ? new URL(origin).host : undefined;
}
