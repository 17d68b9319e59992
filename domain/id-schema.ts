import { z } from 'zod';
import { UUID } from './uuid.ts';

/**
 * The schema for an id at an edge: answers with an issue, never throws. A file of its own, so that a browser which
 * only brands ids does not fetch zod.
 */
export function idSchema<Kind extends string>() {
	return z
		.string()
		.regex(UUID)
		.transform((raw) => raw as Kind);
}
