/**
 * Tells whether an install kept to the lockfile. Packages of foreign platforms come and go with the registry
 * (npm/cli 9846), and npm writes down which it met: that changes nothing that is installed here or anywhere.
 *
 * @param {string} before the lockfile as it is committed
 * @param {string} after as npm left it
 */
export function isSameInstallation(before, after) {
	const [locked, met] = [before, after].map((text) => JSON.parse(text).packages);
	const paths = new Set([...Object.keys(locked), ...Object.keys(met)]);
	return [...paths].every((path) => (path === '' ? isEqual(locked[path], met[path]) : isSamePackage(locked[path], met[path])));
}

function isSamePackage(locked, met) {
	if (!locked || !met) return (locked ?? met).optional === true;
	return locked.version === met.version && locked.integrity === met.integrity;
}

/** The lockfile's copy of what package.json asks for. */
function isEqual(locked, met) {
	return JSON.stringify(locked) === JSON.stringify(met);
}
